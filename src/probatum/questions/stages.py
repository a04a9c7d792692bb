"""The setting that a stage or a site of spread stands for.

Without this, a question on "stage IB1" would be answered with evidence on metastatic disease, and
"in her lungs" would be lost.
"""

import re
from collections.abc import Container
from functools import cache

from probatum.questions.data_files import load

_STAGE = re.compile(
    r"\b(?:figo(?:\s*\(?\d{4}\)?)?\s*)?stages?\s*"
    r"(?P<stage>(?:iv|i{1,3}|[1-4])\s?(?:[abc]\s?\d?)?)(?![a-z0-9])",
    re.IGNORECASE,
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
# "Which FIGO staging edition": the system that stages are told in, and no word of that body.
_SYSTEM = re.compile(
    r"\bfigo(?:'s)?(?:\s*\(?\d{4}\)?)?\s+(?:stag(?:e|es|ing)|classification|edition|version|system)\b"
    r"|\bfigo\s*\(?\d{4}\)?",
    re.IGNORECASE,
)
# Organs to which disease must have spread, since none of them is where the cancers held here start.
_ORGAN = r"(?:lungs?|liver|bones?|brain|spine)"
_SPREAD = re.compile(
    rf"\b{_ORGAN}\s+(?:mets?|metastas[ei]s|lesions?|nodules?|deposits?|secondaries)\b|"
    r"\b(?:cancer|carcinoma|disease|recurrence|it) (?:is |was |has |now |also )*"
    r"(?:spread |gone |come back |returned |recurred )?"
    rf"(?:in|to) (?:the |my |her |his |both )?{_ORGAN}\b",
    re.IGNORECASE,
)


@cache
def _settings() -> dict[str, tuple[str, ...]]:
    return {stage: tuple(found) for stage, found in load("stages.yaml").items()}


def staged(question: str, known: Container[str]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """The settings that stages and sites of spread mean, and where they stand in the question."""
    found: list[str] = []
    spans = []
    for match in _STAGE.finditer(question):
        stage = re.sub(r"\s", "", match["stage"]).upper()
        stage = _ROMAN.get(stage[0], stage[0]) + stage[1:]
        names = [name for name in _settings() if stage.startswith(name)]
        # "IV" is no kind of "I": the numeral itself must be the same.
        names = [name for name in names if _numeral(name) == _numeral(stage)]
        if names:
            found += _settings()[max(names, key=len)]
            spans.append(match.span())
    spans += [match.span() for match in _SYSTEM.finditer(question)]
    for match in _SPREAD.finditer(question):
        found.append("metastatic")
        spans.append(match.span())
    return tuple(dict.fromkeys(s for s in found if s in known)), spans


def _numeral(stage: str) -> str:
    return re.match("[IV]*", stage).group()  # type: ignore[union-attr]
