"""The questions that packs offer as examples are answered, whole and in the stated order."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from probatum.evidence.answer import Answer, ReaderName
from probatum.evidence.record import Result
from probatum.library.library import Library

Asker = Callable[..., Answer]


def spoken(answer: Answer) -> list[str]:
    """Claim ids in the order in which a reader meets them."""
    ids = [*answer.bottom_line]
    ids += [p.claim for p in answer.understood.premises if p.claim]
    for section in answer.sections:
        for row in section.table.rows if section.table else ():
            ids += [cell.claim for cell in row if cell.claim]
        ids += [row.claim for row in section.figure.rows] if section.figure else []
        ids += section.claims
    for stance in answer.guidelines:
        ids += stance.claims
    for step in answer.algorithm.steps if answer.algorithm else ():
        ids += step.then
    return list(dict.fromkeys(ids))


def results_of(answer: Answer, ids: list[str], library: Library) -> list[Result]:
    records = (library.records[answer.claims[i].focus or ""] for i in ids)
    return [record for record in records if isinstance(record, Result)]


def test_an_example_is_answered_with_a_bottom_line(ask: Asker, example: str) -> None:
    answer = ask(example)
    assert (answer.status, answer.reason) == ("answered", None)
    assert answer.bottom_line
    assert answer.understood.not_understood == ()


def test_the_gate_leaves_nothing_of_an_example_out(ask: Asker, example: str) -> None:
    assert [limit for limit in ask(example).limits if "left out" in limit] == []


def test_every_sentence_of_the_bottom_line_stands_in_a_section(ask: Asker, example: str) -> None:
    answer = ask(example)
    rest = answer.model_copy(update={"bottom_line": ()})
    assert set(answer.bottom_line) <= set(spoken(rest))


def test_every_claim_is_spoken_and_every_spoken_claim_is_given(ask: Asker, example: str) -> None:
    answer = ask(example)
    assert set(spoken(answer)) == set(answer.claims)


def test_references_are_numbered_by_their_first_use(ask: Asker, example: str) -> None:
    answer = ask(example)
    used = [number for claim in answer.claims.values() for number in claim.citations]
    assert list(dict.fromkeys(used)) == [reference.number for reference in answer.references]
    assert list(answer.claims) == [f"c{i}" for i in range(1, len(answer.claims) + 1)]


def test_randomised_results_stand_before_others_in_a_table(
    ask: Asker, example: str, library: Library
) -> None:
    answer = ask(example)
    for section in answer.sections:
        if section.kind != "evidence" or not section.table:
            continue
        ids = [row[0].claim for row in section.table.rows if row[0].claim]
        designs = [
            record.study is not None and library.studies[record.study].randomised
            for record in results_of(answer, ids, library)
        ]
        assert designs == sorted(designs, reverse=True), section.title


def test_a_whole_population_stands_before_its_subgroups(
    ask: Asker, example: str, library: Library
) -> None:
    answer = ask(example)
    for section in answer.sections:
        if section.kind != "evidence" or not section.table:
            continue
        ids = [row[0].claim for row in section.table.rows if row[0].claim]
        for one, other in pairwise(results_of(answer, ids, library)):
            if one.study and one.study == other.study:
                assert (one.subgroup is None) >= (other.subgroup is None), other.id


def test_what_was_replaced_is_told_as_history_and_after_what_is_current(
    ask: Asker, example: str, library: Library
) -> None:
    answer = ask(example)
    order = spoken(answer)
    for place, claim_id in enumerate(order):
        claim = answer.claims[claim_id]
        record = library.records[claim.focus or ""]
        if library.current(record):
            continue
        assert claim.role in ("history", "contrast"), claim.text
        successor = record.superseded_by
        earlier = {answer.claims[i].focus for i in order[:place]}
        chain = set()
        while successor:
            chain.add(successor)
            successor = library.records[successor].superseded_by
        assert chain & earlier, f"{record.id} stands before what replaced it"


def test_only_history_rests_on_a_replaced_reference(
    ask: Asker, example: str, library: Library
) -> None:
    """A replaced guideline or label is no ground for a current statement."""
    answer = ask(example)
    for claim in answer.claims.values():
        record = library.records[claim.focus or ""]
        assert library.current(record) or claim.role != "statement"


def test_limits_are_whole_sentences_and_say_that_only_the_library_was_used(
    ask: Asker, example: str
) -> None:
    limits = ask(example).limits
    assert [limit for limit in limits if not re.fullmatch(r"[A-Z0-9\u201c].*\.", limit)] == []
    assert limits[-1] == (
        "Only sources held in this library were used; what it does not hold was not searched."
    )
    assert len(set(limits)) == len(limits)


def test_statements_read_in_a_secondary_source_are_counted(ask: Asker, example: str) -> None:
    answer = ask(example)
    number = sum(claim.depth == "secondary" for claim in answer.claims.values())
    said = [limit for limit in answer.limits if "secondary reading" in limit]
    if number == 0:
        assert said == []
    else:
        assert [s.split(" statements")[0] for s in said] == [f"{number} of {len(answer.claims)}"]


def topics_of(question: str, library: Library) -> set[str]:
    """Conditions, interventions and biomarkers that a question names, also through a trial."""
    found = set()
    for mention in library.vocabulary.match(question):
        if mention.term.kind in ("condition", "intervention", "biomarker"):
            found.add(mention.term.id)
        if study := library.studies.get(mention.term.id):
            found |= {*study.interventions, *study.population.conditions}
            found |= {term for arm in study.arms for term in arm.interventions}
    return found


def test_a_related_question_shares_what_was_named_and_is_not_the_one_asked(
    ask: Asker, example: str, library: Library
) -> None:
    """The whole field that a question is answered for by assumption is no topic of its reader."""
    answer = ask(example)
    understood = answer.understood
    named = topics_of(example, library) | {*understood.interventions, *understood.biomarkers}
    if len(understood.conditions) == 1:
        named |= {*understood.conditions}
    assert example not in answer.related
    for question in answer.related:
        theirs = {*topics_of(question, library), *ask(question).understood.conditions}
        kin = {
            (mine, other)
            for mine in named
            for other in theirs
            if library.vocabulary.relation(mine, other) != "other"
        }
        assert kin, question


def test_a_related_question_is_answered_too(ask: Asker, example: str) -> None:
    for question in ask(example).related:
        answer = ask(question)
        assert (question, answer.status) == (question, "answered")


def test_another_reader_gets_the_same_claims_in_the_same_places(ask: Asker, example: str) -> None:
    """Only the words differ: what is claimed, on which anchors, with which numbers, does not."""
    clinician = ask(example)
    for reader in (ReaderName.TRAINEE, ReaderName.PATIENT):
        other = ask(example, reader=reader)
        assert [
            (key, claim.anchors, claim.citations, claim.focus, claim.role, claim.form)
            for key, claim in other.claims.items()
        ] == [
            (key, claim.anchors, claim.citations, claim.focus, claim.role, claim.form)
            for key, claim in clinician.claims.items()
        ]
        assert other.references == clinician.references
        assert (other.status, other.bottom_line) == (clinician.status, clinician.bottom_line)
        assert [(s.kind, s.claims, s.statements) for s in other.sections] == [
            (s.kind, s.claims, s.statements) for s in clinician.sections
        ]
        assert [(g.body, g.state, g.claims) for g in other.guidelines] == [
            (g.body, g.state, g.claims) for g in clinician.guidelines
        ]
        assert other.limits == clinician.limits


def test_no_answer_as_of_a_day_rests_on_anything_later(ask: Asker, example: str) -> None:
    for year in (2010, 2019, 2022, 2024):
        day = date(year, 12, 31)
        answer = ask(example, as_of=day)
        assert answer.as_of == day.isoformat()
        later = [r.edition for r in answer.references if r.year and r.year > year]
        # What an agency had decided by then may be told from a later source, with earlier dates.
        told = {
            anchor.edition: claim.text
            for claim in answer.claims.values()
            for anchor in claim.anchors
            if anchor.edition in later
        }
        assert all(claim.startswith("Earlier steps of ") for claim in told.values())
        assert set(told) == set(later)
        years = [int(y) for text in told.values() for y in re.findall(r"(\d{4})-\d\d", text)]
        assert max(years, default=year) <= year
        unborn = [r.replaced_by for r in answer.references if r.replaced_by in later]
        assert unborn == []
