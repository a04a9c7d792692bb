"""Answers as of a day: what had appeared by then, and what was current then."""

from collections.abc import Callable
from datetime import date

from probatum.evidence.answer import Answer
from probatum.library.library import Library

Asker = Callable[..., Answer]
QUESTION = "What was overall survival with cemiplimab in EMPOWER-Cervical 1?"


def editions(answer: Answer) -> dict[str, tuple[str, str | None]]:
    return {r.edition: (r.currency.value, r.replaced_by) for r in answer.references}


def test_before_the_first_publication_nothing_is_claimed(ask: Asker) -> None:
    answer = ask(QUESTION, as_of=date(1999, 1, 1))
    assert (answer.status, answer.claims, answer.references) == ("partial", {}, ())


def test_an_analysis_is_current_until_a_later_one_appears(ask: Asker, library: Library) -> None:
    before, now = ask(QUESTION, as_of=date(2024, 1, 1)), ask(QUESTION)
    assert editions(before)["empower-cervical-1-2022-esmo"] == ("current", None)
    assert editions(now)["empower-cervical-1-2022-esmo"] == ("interim", "oaknin-2025-ejc")
    focus = [library.records[answer.claims[answer.bottom_line[0]].focus or ""].edition
             for answer in (before, now)]  # fmt: skip
    assert focus == ["empower-cervical-1-2022-esmo", "oaknin-2025-ejc"]


def test_history_is_told_only_of_what_had_been_replaced_by_then(
    ask: Asker, library: Library
) -> None:
    counts = []
    for day in (date(2022, 9, 1), date(2025, 1, 1), None):
        answer = ask(QUESTION, as_of=day)
        focuses = [c.focus or "" for c in answer.claims.values() if c.form == "result.history"]
        told = [library.records[focus] for focus in focuses]
        assert [record.id for record in told if library.current(record, day)] == []
        counts.append(len(told))
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_without_a_day_the_answer_is_as_of_the_packs(ask: Asker, library: Library) -> None:
    newest = max(manifest.as_of for manifest in library.manifests)
    assert ask(QUESTION).as_of == newest.isoformat()
