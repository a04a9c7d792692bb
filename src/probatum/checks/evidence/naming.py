"""Which names of a term say exactly the same, and which are only filed under it.

The vocabulary recognises what a question is about, so "lung adenocarcinoma" is filed under
non-small cell lung cancer and "dobutamine" beside dopamine. A claim that exchanges the two is
false all the same. So a name counts as the term itself only when it is its abbreviation, its brand,
another spelling, or listed as a second name; any other name stands for itself.
"""

from functools import cache, lru_cache

from probatum.checks.evidence.lexicon import group_of
from probatum.checks.phrases import word_list
from probatum.checks.reading import stem
from probatum.terms.term import Term
from probatum.terms.words import normal, words

# Kinds whose names differ in what they mean; an end point's many names are measured alike.
_STRICT = ("condition", "intervention", "biomarker")
_LOOSE = frozenset("the a an of and in for to with on".split())  # noqa: SIM905


def term_key(term: Term, text: str) -> str:
    """The key under which a name of a term is compared with other names."""
    if term.kind not in _STRICT:
        return f"<{term.id}>"
    drug = second_name(text)
    if drug is not None:
        return drug
    return _key(term.id, term.name, term.synonyms, term.abbreviations, term.brands, text)


@lru_cache(maxsize=16384)
def _key(
    id_: str,
    name: str,
    synonyms: tuple[str, ...],
    abbreviations: tuple[str, ...],
    brands: tuple[str, ...],
    text: str,
) -> str:
    form = _form(text)
    own = _form(name)
    if form == own or any(form == _form(brand) for brand in brands):
        return f"<{id_}>"
    if any(form == _form(short) for short in abbreviations):
        full = next((long for long in (name, *synonyms) if abbreviates(text, long)), None)
        if full is None or full == name:
            return f"<{id_}>"
        form = _form(full)
    return f"<{id_}>" if form == own else f"<{id_}|{' '.join(form)}>"


@lru_cache(maxsize=16384)
def _form(name: str) -> tuple[str, ...]:
    """A name without grammar and the order of its words, like words under one."""
    stems = (stem(token.text) for token in words(name) if token.norm not in _LOOSE)
    return tuple(sorted({group_of(each) for each in stems}))


@cache
def _second_names() -> dict[str, int]:
    return {
        normal(word): number
        for number, names in enumerate(word_list("paraphrase")["one_drug"])
        for word in names
    }


def second_name(text: str) -> str | None:
    """The key of a drug that is listed under several names; None for any other word."""
    number = _second_names().get(normal(text.replace("-", "")))
    return None if number is None else f"<drug {number}>"


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of a short form stand in a long one in order, the first at its start."""
    letters = [character.lower() for character in short if character.isalnum()]
    if letters and letters[-1] == "s" and short[-1] == "s" and len(letters) > 2:
        letters.pop()
    at = 0
    lowered = long.lower()
    if not letters or lowered[:1] != letters[0]:
        return False
    for letter in letters:
        at = lowered.find(letter, at) + 1
        if at == 0:
            return False
    return True
