"""From a need to what may be looked up elsewhere: names of things, never words of the question.

A question may name a person or tell a patient's facts. So only terms of the vocabulary leave this
machine: diseases, treatments, tests and trials. A word that the vocabulary doesn't have goes along
only where its ending shows that it is a drug's non-proprietary name.
"""

import re
from datetime import date
from functools import cache

from probatum.library.library import Library
from probatum.questions.data_files import load
from probatum.questions.need import Need
from probatum.sources.live.topic import Named, Topic

# A shorter word may end like a drug's name by chance; so may a name, which begins with a capital.
_DRUG_WORD = re.compile(r"[a-z]{7,30}")


def topic_of(need: Need, library: Library, until: date | None = None) -> Topic:
    """What to look up for a need."""
    filed = (each.name.lower() for each in need.filed if each.kind == "intervention")
    words = dict.fromkeys((*need.not_understood, *filed))
    drugs = tuple(Named((word,), drug=True) for word in words if _is_drug(word))
    return Topic(
        conditions=_named(need.conditions, library),
        interventions=(*_named(need.interventions, library), *drugs),
        biomarkers=_named(need.biomarkers, library),
        studies=_named(need.studies, library),
        until=until,
    )


def _named(ids: tuple[str, ...], library: Library) -> tuple[Named, ...]:
    """The names of terms: the usual one, synonyms, brands; abbreviations mean too many things."""
    vocabulary = library.vocabulary
    found = []
    for term in (vocabulary.get(id) for id in ids if id in vocabulary):
        drug = term.kind == "intervention" and not vocabulary.descendants(term.id)
        found.append(Named((term.name, *term.synonyms, *term.brands), drug))
    return tuple(found)


@cache
def drug_endings() -> tuple[str, ...]:
    """Endings of non-proprietary names of drugs."""
    return tuple(load("drug_endings.yaml")["endings"])


def _is_drug(word: str) -> bool:
    return _DRUG_WORD.fullmatch(word) is not None and word.endswith(drug_endings())
