"""What a study set out to test, told from its other contrasts.

A factorial trial compares its backbones as well; that is no answer to what the trial found.
"""

from probatum.answers.gather import Evidence
from probatum.evidence.record import Result


def of_main_question(record: Result, evidence: Evidence) -> bool:
    """Whether a result is on the treatments that its study names as tested."""
    study = evidence.library.studies.get(record.study or "")
    if study is None or not study.interventions or len(record.arms) < 2:
        return True
    return evidence.tests(record, study.interventions)
