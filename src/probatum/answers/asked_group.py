"""Whether a held text is on the drug, and for the people, that a question names.

Words alone do not tell: a page on childhood cancer says every word of a question about the adult
disease, and a page on a gene says all but the drug.
"""

import re
from collections.abc import Sequence

from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.questions.need import Need
from probatum.questions.search_terms import drug_endings

_YOUNG = re.compile(
    r"\b(?:child(?:ren|hood)?|kids?|p(?:a)?ediatric|infants?|infantile|bab(?:y|ies)|newborns?|"
    r"neonatal|juvenile|adolescents?|teen\w*)\b",
    re.IGNORECASE,
)
# A shorter name may be part of any word.
_SHORTEST = 4


def for_children(title: str, question: str) -> bool:
    """Whether a text is on children by its title, and the question speaks of none."""
    return bool(_YOUNG.search(title)) and not _YOUNG.search(question)


def drug_names(need: Need, library: Library) -> tuple[str, ...]:
    """All names, in small letters, of the single drugs that the question names.

    A class ("chemotherapy") has members that a text may name in its stead, and what is no drug
    ("exercise") has names without number; both are left to the words.
    """
    found: list[str] = []
    for id in need.interventions:
        if id not in library.vocabulary or library.vocabulary.descendants(id) - {id}:
            continue
        term = library.vocabulary.get(id)
        if term.brands or term.name.lower().endswith(drug_endings()):
            found += (each.casefold() for each in (term.name, *term.synonyms, *term.brands))
    return tuple(dict.fromkeys(name for name in found if len(name) >= _SHORTEST))


def on_drug(passage: HeldPassage, names: Sequence[str]) -> bool:
    """Whether a passage or its title says one of these names; any passage where there are none."""
    text = f"{passage.document.title}\n{passage.text}".casefold()
    return not names or any(name in text for name in names)
