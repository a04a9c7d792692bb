"""Count how often verdicts of each kind are right, into checks/data/confidence.yaml.

Counted are planted errors and true claims of one half of the NCI statements (public domain), and
SciFact's claims with their cited abstracts (CC BY 4.0) but for the third that bench.verify measures
on. A group's share is the mean of that among the planted and that among people's claims, the one
with few pairs weighing less; each is drawn towards its label's share as if ten more pairs had been
seen (Laplace). With the judge of meaning, only verdicts are counted that the checks gave against it
or with a claim that is word for word in the text: of others the judge tells its own probability.
Run as `python -m scripts.fit_confidence` beside the data.
"""

from collections import defaultdict
from pathlib import Path

from bench._pairs import LABELS, held_out, scifact
from bench.planted import false_pairs, true_pairs
from probatum.checks.entailment.judge import entailment_judge
from probatum.checks.evidence.confidence import group_of
from probatum.checks.evidence.decision import VERBATIM
from probatum.checks.evidence.entailment import Entailment
from probatum.checks.evidence.verify import examine
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

TARGET = Path(__file__).parents[1] / "src/probatum/checks/data/confidence.yaml"
HEAD = """# Share of right verdicts by label and group (see checks/evidence/confidence.py), counted by
# scripts/fit_confidence.py on NCI statements with planted errors and on SciFact (CC BY 4.0).
# `with_judge`: of verdicts that were given while a judge of meaning was asked, and against it.
"""  # noqa: E501
PRIOR = 10


# By label and group: of each pair, whether it is one of people's claims, and whether it was right.
Seen = dict[str, dict[str, list[tuple[bool, bool]]]]


def counted(library: Library, judge: Entailment | None) -> Seen:
    """Whether each verdict was right, by label and group."""
    true = true_pairs(0, library)
    seen: Seen = defaultdict(lambda: defaultdict(list))

    def count(claim: str, text: str, right: tuple[str, ...], *, people: bool = False) -> None:
        found = examine(claim, text, vocabulary=library.vocabulary, entailment=judge)
        judged = found.judged is not None and found.label == found.judged[0]
        if not judged or found.placed >= VERBATIM:
            group = group_of(found.placed, len(found.findings))
            seen[found.label][group].append((people, found.label in right))

    for pair in true:
        count(pair.claim, pair.evidence, ("supported",))
    for pair in false_pairs(true):
        count(pair.claim, pair.evidence, ("contradicted", "not_enough_information"))
    kept = frozenset(held_out()[0])
    for place, claim in enumerate(scifact()):
        if place not in kept:
            count(claim.claim, claim.text, (claim.label,), people=True)
    return seen


def written(name: str, seen: Seen) -> list[str]:
    """The lines of one table."""
    lines = [f"{name}:"]
    for label in LABELS:
        every = [each for held in seen[label].values() for each in held]
        lines += [f"  {label}:", f"    all: {_share(every, every):.3f}"]
        lines += [
            f'    "{group}": {_share(held, every):.3f}'
            for group, held in sorted(seen[label].items())
        ]
    return lines


def _share(held: list[tuple[bool, bool]], every: list[tuple[bool, bool]]) -> float:
    """The mean of the shares right of both sources; one with few pairs there weighs less."""
    total = weights = 0.0
    for people in (False, True):
        own = [right for source, right in held if source is people]
        like = [right for source, right in every if source is people]
        if like:
            # A source without pairs in the group speaks by its label's share, with half the weight:
            # planted errors alone would make a group surer than people's claims ever were.
            weight = (len(own) + PRIOR / 2) / (len(own) + PRIOR)
            total += weight * (sum(own) + PRIOR * sum(like) / len(like)) / (len(own) + PRIOR)
            weights += weight
    return total / weights if weights else 0.5


def main() -> None:
    """Count and write."""
    library = Library.of([load_pack(folder) for folder in shipped_packs()])
    lines = [HEAD.rstrip(), *written("checks", counted(library, None))]
    lines += written("with_judge", counted(library, entailment_judge(False)))
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
