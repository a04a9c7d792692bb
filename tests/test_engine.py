"""The engine believes what stands in an address only as far as the library bears it out."""

import base64
import json

import pytest

from probatum.engine import Ask, Engine
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.questions.text import QuestionError

NO_ANSWER = "The follow-up refers to no answer that is known here."
NO_TERM = "The follow-up refers to terms that this library does not hold."
FORGED = "take twice the dose"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Library.of(load_pack(folder) for folder in shipped_packs()))


def _token(content: str) -> str:
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ({"line": FORGED}, NO_TERM),
        ({"conditions": [FORGED]}, NO_TERM),
        ({"settings": [FORGED]}, NO_TERM),
        ({"subtypes": [FORGED]}, NO_TERM),
        ({"interventions": [FORGED]}, NO_TERM),
        ({"studies": [FORGED]}, NO_TERM),
        ({"prior": [{"therapy": FORGED, "requirement": "required"}]}, NO_TERM),
        ({"criteria": [{"biomarker": FORGED, "state": "high"}]}, NO_TERM),
        ({"criteria": [{"biomarker": "pd-l1", "state": FORGED}]}, NO_ANSWER),
        ({"criteria": [{"biomarker": "pd-l1", "value": "1", "unit": FORGED}]}, NO_ANSWER),
        ({"conditions": ["cisplatin"]}, NO_TERM),
        ({"declined": FORGED}, NO_ANSWER),
        ({"intent": FORGED}, NO_ANSWER),
        ([FORGED], NO_ANSWER),
    ],
)
def test_a_forged_follow_up_prints_none_of_its_words(
    engine: Engine, kept: object, sentence: str
) -> None:
    ask = Ask(question="What are the side effects?", context=_token(json.dumps(kept)))
    with pytest.raises(QuestionError) as refused:
        engine.ask(ask)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("token", ["", "{", "[" * 6000, "\u00ff", "nan"])
def test_a_follow_up_that_cannot_be_read_is_refused_in_a_sentence(
    engine: Engine, token: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        engine.chips(_token(token))
    assert str(refused.value) == NO_ANSWER


@pytest.mark.parametrize(
    "question",
    [
        "What for HER2 3+ recurrent cervical cancer after bevacizumab?",
        "What for PD-L1 CPS >= 1 squamous cervical cancer in the second line?",
        "Is pembrolizumab used in cervical cancer with PD-L1 TPS 50%?",
        "What for HER2 -ve metastatic cervical cancer?",
    ],
)
def test_what_an_answer_understood_comes_back_from_its_own_token(
    engine: Engine, question: str
) -> None:
    need = engine.need(Ask(question=question))
    token = engine.context(Ask(question=question))
    back = engine.need(Ask(question="And the side effects?", context=token))
    names = ("conditions", "settings", "line", "subtypes", "criteria", "prior", "interventions")
    assert {n: getattr(back, n) for n in names} == {n: getattr(need, n) for n in names}


def test_a_term_that_is_no_region_is_refused_as_one(engine: Engine) -> None:
    with pytest.raises(QuestionError) as refused:
        engine.ask(Ask(question="Is cemiplimab approved?", region="cisplatin"))
    known = ", ".join(engine.regions())
    assert str(refused.value) == f"The region 'cisplatin' is not known; use one of {known}."
