"""The general vocabulary that ships."""

from typing import Any

import pytest

from probatum.terms.general import general_vocabulary, parse_terms
from probatum.terms.term import Term, VocabularyError

VOCABULARY = general_vocabulary()
EVERY_FORM = [
    (term.id, term.kind, form)
    for term in VOCABULARY.terms()
    for form in VOCABULARY.surface_forms(term.id)
]


def test_every_name_alone_is_read_as_its_own_term() -> None:
    wrong = []
    for id_, kind, form in EVERY_FORM:
        mentions = VOCABULARY.match(form, kinds=[kind])
        if [(m.text, m.term.id) for m in mentions] != [(form, id_)]:
            wrong.append((id_, form, [(m.text, m.term.id) for m in mentions]))
    assert wrong == []


def test_no_drug_is_read_as_another_through_typing_errors() -> None:
    drugs = [f for f in EVERY_FORM if f[1] == "intervention"]
    wrong = [
        (form, m.term.id)
        for id_, _, form in drugs
        for m in VOCABULARY.match(form, kinds=["intervention"], typos=True)
        if m.term.id != id_
    ]
    assert wrong == []


# Generic names that the vocabulary does not hold, many of them alike to some that it does.
UNHELD = """masitinib nimotuzumab infigratinib olmutinib tirabrutinib vonoprazan cefiderocol
    tegoprazan lisocabtagene nirsevimab bemarituzumab sugemalimab serplulimab benmelstobart
    tucidinostat savolitinib glumetinib befotertinib icotinib surufatinib mobocertinib
    umbralisib duvelisib margetuximab spartalizumab mogamulizumab nadofaragene trilaciclib
    pacritinib momelotinib tafamidis acoramidis vutrisiran volanesorsen olezarsen mavacamten
    aficamten sotatercept landiolol clevidipine cilnidipine benidipine azilsartan sparsentan
    atrasentan levosimendan nesiritide sulbactam zoliflodacin gepotidacin""".split()  # noqa: SIM905


@pytest.mark.parametrize("name", UNHELD)
def test_a_drug_that_is_not_held_is_not_taken_for_one_that_is(name: str) -> None:
    assert name not in VOCABULARY
    assert VOCABULARY.match(f"dose of {name}", kinds=["intervention"], typos=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recurrent metastatic cervical cancer", ["recurrent-or-metastatic", "cervical-cancer"]),
        ("Ca cervix", ["cervical-cancer"]),
        ("carcinoma of the uterine cervix", ["cervical-cancer"]),
        ("vulval squamous cell carcinoma, unknown stage", ["vulvar-cancer"]),
        ("squamous cell carcinoma of the vulva", ["vulvar-cancer"]),
        ("cutaneous squamous cell carcinoma", ["cutaneous-squamous-cell-carcinoma"]),
        ("womb cancer in older people", ["endometrial-cancer", "older-adults"]),
        ("2nd line", ["second-line"]),
        ("the ESGO/ESTRO/ESP guidelines", ["esgo-estro-esp"]),
        ("ESGO and ESMO", ["esgo", "esmo"]),
        ("median OS and ORR", ["overall-survival", "objective-response-rate"]),
        ("grade 3 or higher adverse events", ["severe-adverse-events"]),
        ("ILD/pneumonitis", ["pneumonitis"]),
        ("Is it approved by the EMA in Europe?", ["approval", "ema", "eu"]),
        ("low back pain", ["low-back-pain"]),
        ("gonorhoea and H. pylori", ["gonorrhoea", "peptic-ulcer"]),
    ],
)
def test_phrases_of_clinicians_and_patients_are_understood(text: str, expected: list[str]) -> None:
    assert [m.term.id for m in VOCABULARY.match(text, typos=True)] == expected


@pytest.mark.parametrize(
    ("child", "ancestor", "holds"),
    [
        ("cervical-cancer", "gynaecological-cancer", True),
        ("cervical-cancer", "solid-tumours", True),
        ("cervical-cancer", "cancer", True),
        ("vulvar-cancer", "cervical-cancer", False),
        ("cutaneous-squamous-cell-carcinoma", "solid-tumours", True),
        ("acute-myeloid-leukaemia", "solid-tumours", False),
        ("second-line", "second-line-or-later", True),
        ("recurrent", "recurrent-or-metastatic", True),
        ("germany", "eu", True),
        ("pneumonitis", "interstitial-lung-disease", True),
        ("cervical-cancer", "vulvar-cancer", False),
        ("keratitis", "ocular-toxicity", True),
        ("chronic-pain", "pain", True),
    ],
)
def test_the_hierarchy_says_what_is_a_kind_of_what(child: str, ancestor: str, holds: bool) -> None:
    assert VOCABULARY.is_a(child, ancestor) is holds


def test_every_cancer_with_a_site_is_a_solid_tumour_or_of_the_blood() -> None:
    cancers = VOCABULARY.descendants("cancer")
    placed = VOCABULARY.descendants("solid-tumours") | VOCABULARY.descendants(
        "haematological-malignancy"
    )
    assert sorted(cancers - placed) == [
        "bone-metastases", "brain-metastases", "cancer-associated-thrombosis",
        "cancer-of-unknown-primary", "childhood-cancer", "haematological-malignancy",
        "hereditary-cancer-syndrome", "leptomeningeal-disease", "malignant-pleural-effusion",
        "solid-tumours",
    ]  # fmt: skip


def test_every_endpoint_that_can_be_better_says_which_way() -> None:
    neutral = {t.id for t in VOCABULARY.terms("endpoint") if t.polarity is None}
    assert neutral == {
        "prevalence", "incidence", "pharmacokinetics", "diagnostic-accuracy", "time-to-response",
    }  # fmt: skip
    assert {t.polarity for t in VOCABULARY.terms("adverse_event")} == {"less_is_better"}


def test_a_line_gives_names_abbreviations_and_brands() -> None:
    groups: list[dict[str, Any]] = [
        {
            "kind": "intervention",
            "parents": ["class-a"],
            "terms": [
                "Drug X's salt; drug x | DX || Brandine",
                {"line": "plain one", "plain": "words"},
            ],
        }
    ]
    assert list(parse_terms(groups, "here")) == [
        Term(id="drug-xs-salt", kind="intervention", name="Drug X's salt", synonyms=("drug x",),
             abbreviations=("DX",), brands=("Brandine",), parents=("class-a",)),
        Term(id="plain-one", kind="intervention", name="plain one", parents=("class-a",),
             plain="words"),
    ]  # fmt: skip


def test_a_bad_line_is_named_with_its_file() -> None:
    with pytest.raises(VocabularyError, match=r"^here: 'x': "):
        list(parse_terms([{"kind": "no-such-kind", "terms": ["x"]}], "here"))
