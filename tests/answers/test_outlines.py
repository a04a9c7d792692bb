"""The outlines are data: one for every intent, with sections that can be filled."""

from typing import get_args

import pytest

from probatum.answers.outline import outlines, parts_for
from probatum.evidence.record import Record
from probatum.questions.need import Intent
from tests.answers.conftest import LIBRARY

INTENTS = get_args(Intent)
RECORD_KINDS = {m.model_fields["kind"].default for m in get_args(get_args(Record)[0])}
ACTIONS = {r.action for r in LIBRARY.records.values() if r.kind == "safety_rule"}


def test_there_is_an_outline_for_every_intent_and_no_other() -> None:
    assert set(outlines()) == set(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_the_core_of_an_outline_is_among_its_sections(intent: Intent) -> None:
    outline = outlines()[intent]
    # No record tells causes or symptoms: what is held on them is quoted, and said to be partial.
    assert outline.core or intent in ("causes", "symptoms")
    assert set(outline.core) <= {part.kind for part in outline.sections}
    assert set(outline.covers) <= set(INTENTS) - {intent}


@pytest.mark.parametrize("intent", INTENTS)
def test_no_section_of_an_outline_stands_twice(intent: Intent) -> None:
    titles = [(part.kind, part.title) for part in outlines()[intent].sections]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("intent", INTENTS)
def test_selections_name_what_exists(intent: Intent) -> None:
    for part in outlines()[intent].sections:
        assert set(part.select.kinds) <= RECORD_KINDS
        assert set(part.select.actions) <= ACTIONS
        unknown = [topic for topic in part.select.topics if topic not in LIBRARY.vocabulary]
        assert unknown == [], part.title


@pytest.mark.parametrize("intent", INTENTS)
def test_a_second_intent_adds_sections_and_takes_none(intent: Intent) -> None:
    own = parts_for(intent, ())
    for other in INTENTS:
        assert parts_for(intent, (other,))[: len(own)] == own
