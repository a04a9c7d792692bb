"""What an agency had decided by a past day, where the source that tells it appeared later.

A status record holds the newest decision with the dated steps that led to it. Asked as of a day
before its source, the decision itself must not be told; the steps taken by that day are facts of
that day, so they are told as history, each with its date.
"""

from probatum.answers.gather import Evidence
from probatum.answers.sentences import status_history
from probatum.evidence.claim import Draft


def earlier_steps(evidence: Evidence) -> tuple[Draft, ...]:
    """The steps on what the question names, those of the places asked about first.

    Only for who asks what was approved: any other answer as of a day rests on nothing later.
    """
    need, library = evidence.need, evidence.library
    if "approval" not in (need.intent, *need.also):
        return ()
    wanted = {*need.regions, *need.bodies}
    records = [record for record in evidence.told_later if evidence.concerns(record)]
    records.sort(key=lambda r: (not {r.region, r.agency} & wanted, r.region != "us", r.id))
    return tuple(
        Draft(
            text=status_history(record, library, record.steps_by(evidence.as_of)),
            anchors=(library.anchor(record.id),),
            role="history",
            form="status.history",
            focus=record.id,
        )
        for record in records
    )


def told_later(evidence: Evidence) -> list[str]:
    """That such steps were read from a source of a later day, as a limit of the answer."""
    if not earlier_steps(evidence):
        return []
    return [
        f"Decisions of agencies by {evidence.as_of} are told from sources that appeared after that "
        "day; of what was decided, only the steps with an earlier date are shown."
    ]
