"""Questions with what a sound answer must and must not say, written from the evidence beforehand.

A rubric: id, question (repeated `repeat` times), reader, region, as_of; `error` (the sentence of
the QuestionError) or `status`, `intent` and `line` (one or a list); `must_contain` (each pattern in
at least one text of the answer), `must_not_contain` (in none), `bottom_line_contains`,
`bottom_line_must_not_contain`, `references` {must, must_not} (edition ids), `guidelines`
{body: state or states} and `sections` (kinds that must be there).
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, ReaderName
from probatum.questions.text import QuestionError

HERE = Path(__file__).parent
KEYS = {
    "id", "question", "repeat", "reader", "region", "as_of", "error", "status", "intent", "line",
    "must_contain", "must_not_contain", "bottom_line_contains", "bottom_line_must_not_contain",
    "references", "guidelines", "sections", "shortfall",
}  # fmt: skip


def _rubrics() -> list[dict[str, Any]]:
    return [
        rubric
        for path in sorted(HERE.glob("*.yaml"))
        for rubric in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _flat(text: str) -> str:
    """One line with plain spaces and hyphens: how a number is set must not decide a test."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return re.sub(r"\s+", " ", text)


def _texts(answer: Answer) -> list[str]:
    """Everything an answer says about the evidence, one text at a time."""
    found = [answer.reason or "", *answer.limits]
    found += [claim.text for claim in answer.claims.values()]
    found += [stance.statement for stance in answer.guidelines]
    for section in answer.sections:
        found += section.statements
        if section.table:
            found += [cell.text for row in section.table.rows for cell in row]
            found += [" ".join(cell.text for cell in row) for row in section.table.rows]
    return [_flat(text) for text in found if text]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _shortfalls(rubric: dict[str, Any], answer: Answer) -> list[str]:
    """Each expectation that the answer does not meet, in words."""
    texts = _texts(answer)
    first = [_flat(answer.claims[claim].text) for claim in answer.bottom_line]
    wrong = []
    for key, got in (
        ("status", answer.status.value),
        ("intent", answer.understood.intent),
        ("line", answer.understood.line),
    ):
        if key in rubric and got not in _listed(rubric[key]):
            wrong.append(f"{key} is {got}, not {rubric[key]}")
    for key, where in (("must_contain", texts), ("bottom_line_contains", first)):
        for pattern in rubric.get(key, ()):
            if not any(_pattern(pattern).search(text) for text in where):
                wrong.append(f"{key}: nothing matches {pattern}")
    for key, where in (
        ("must_not_contain", texts),
        ("bottom_line_must_not_contain", first),
    ):
        for pattern in rubric.get(key, ()):
            wrong += [f"{key}: {pattern} in: {t}" for t in where if _pattern(pattern).search(t)][:2]
    cited = {reference.edition for reference in answer.references}
    editions = rubric.get("references", {})
    wrong += [f"{e} is not cited" for e in editions.get("must", ()) if e not in cited]
    wrong += [f"{e} is cited" for e in editions.get("must_not", ()) if e in cited]
    states = {stance.body: stance.state for stance in answer.guidelines}
    for body, state in rubric.get("guidelines", {}).items():
        if states.get(body) not in _listed(state):
            wrong.append(f"{body} is {states.get(body)}, not {state}")
    kinds: set[str] = {section.kind for section in answer.sections}
    if answer.algorithm:
        kinds.add("algorithm")
    wrong += [f"no section {kind}" for kind in rubric.get("sections", ()) if kind not in kinds]
    return wrong


def test_every_rubric_has_its_own_id_and_known_keys() -> None:
    rubrics = _rubrics()
    assert len({rubric["id"] for rubric in rubrics}) == len(rubrics)
    assert {key for rubric in rubrics for key in rubric} - KEYS == set()


def _parameter(rubric: dict[str, Any]) -> Any:
    """A rubric; one with a known shortfall must fail, so that mending it is noticed."""
    reason = rubric.get("shortfall")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(rubric, id=rubric["id"], marks=marks)


@pytest.mark.parametrize("rubric", [_parameter(rubric) for rubric in _rubrics()])
def test_an_answer_meets_its_rubric(rubric: dict[str, Any], engine: Engine) -> None:
    as_of = rubric.get("as_of")
    ask = Ask(
        question=rubric["question"] * rubric.get("repeat", 1),
        reader=ReaderName(rubric.get("reader", "clinician")),
        region=rubric.get("region"),
        as_of=date.fromisoformat(str(as_of)) if as_of else None,
    )
    if "error" in rubric:
        with pytest.raises(QuestionError, match=rubric["error"]):
            engine.ask(ask)
        return
    assert _shortfalls(rubric, engine.ask(ask)) == []
