"""The conditions and treatments that held texts are filed under, beyond those of the vocabulary.

A library of somebody's own texts is on diseases and drugs that no pack names. Their index terms
(MeSH headings, a registry's conditions, a label's names) tell what they are on. They are looked up
in the best texts found for the words of a question that nothing else explains, so that nothing is
kept beside the index and a look-up costs one search, however much is held.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.library import Library
from probatum.library.search import Request
from probatum.questions.data_files import load
from probatum.questions.need import FiledKind, FiledName
from probatum.questions.search_terms import drug_endings
from probatum.terms.misspelling import ordinary_words
from probatum.terms.words import Token, words

# Texts looked at: those filed under a rare word stand first among the texts that have it.
_LOOKED_AT = 40
# Words put to the search, names read of one text, and words of a name; more is no name's length.
_MOST_WORDS = 12
_MOST_NAMES = 200
_LONGEST = 8
_MOST_CHARACTERS = 200
# A shorter word is as likely another thing's abbreviation.
_SHORTEST = 4
_LABELS = frozenset(("spl", "openfda"))


def filed_names(question: str, unknown: Sequence[str], library: Library) -> tuple[FiledName, ...]:
    """The names in a question that held texts are filed under, in order and without overlap.

    Each holds a word of `unknown`, those that nothing else of the question explained, which is no
    ordinary one: a heading such as "Time" or "Survival" is recognised nowhere.
    """
    rare = [word for word in unknown if _is_rare(word)][:_MOST_WORDS]
    if not rare or library.documents.content is None:
        return ()
    tokens = words(question)
    norms = [token.norm for token in tokens]
    telling = {token.norm for word in rare for token in words(word)}
    found: dict[tuple[int, int, FiledKind], tuple[str, set[str]]] = {}
    request = Request(" ".join(rare), _LOOKED_AT, plain=True, meaning=False)
    for hit in library.search.search(request):
        for name, said in _names(hit.passage.document):
            place = _place(name, norms, telling)
            if place is None:
                continue
            kind = said or _kind(name, hit.passage.document, library)
            if kind is not None:
                _, works = found.setdefault((*place, kind), (name, set()))
                works.add(hit.passage.document.source)
    return tuple(_settled(found, tokens))


def still_filed(name: str, library: Library) -> FiledName | None:
    """A name of an earlier answer as held texts are filed under it now; None where none is."""
    if len(name) > _MOST_CHARACTERS:
        return None
    found = filed_names(name, name.split(), library)
    same = (each for each in found if each.name.casefold() == name.casefold())
    return next((each.model_copy(update={"start": 0, "end": 0}) for each in same), None)


def _is_rare(word: str) -> bool:
    low = word.lower()
    return len(word) >= _SHORTEST and not {low, low.removesuffix("s")} & ordinary_words()


def _names(document: HeldDocument) -> Iterator[tuple[str, FiledKind | None]]:
    """The names that a text is filed under, as people say them, with their kind where it is told.

    MeSH writes the noun first: "Diabetes Insipidus, Nephrogenic".
    """
    detail = document.detail
    for name in detail.get("conditions", ())[:_MOST_NAMES]:
        yield from ((each, "condition") for each in _turned(name))
    label = detail.get("format") in _LABELS
    for subject in detail.get("subjects", ())[:_MOST_NAMES]:
        name, *qualifiers = subject.split("/")
        kind: FiledKind | None = "intervention" if label else _by_qualifier(qualifiers)
        yield from ((each, kind) for each in _turned(name))


def _turned(name: str) -> Iterator[str]:
    yield name
    first, comma, last = name.partition(", ")
    if comma and ", " not in last:
        yield f"{last} {first}"


def _by_qualifier(qualifiers: Sequence[str]) -> FiledKind | None:
    said = {each.strip("* ").lower() for each in qualifiers}
    if said & _words("condition_qualifiers"):
        return "condition"
    return "intervention" if said & _words("intervention_qualifiers") else None


def _kind(name: str, document: HeldDocument, library: Library) -> FiledKind | None:
    """What the name itself, or the registry's word for it, shows it to be."""
    low = name.lower()
    endings = tuple(sorted(_words("condition_endings")))
    if low.split()[-1] in _words("condition_words") or low.endswith(endings):
        return "condition"
    if low.isalpha() and low.endswith(drug_endings()):
        return "intervention"
    if document.detail.get("format") != "ctgov":
        return None
    types = "|".join(map(re.escape, sorted(_words("intervention_types"))))
    one = re.escape(name)
    listed = re.compile(rf"\b(?:{types}): {one}(?!\w)|^{one} \((?:{types})\)", re.I | re.M)
    text = library.documents.text(document.edition) or ""
    return "intervention" if listed.search(text) else None


def _place(name: str, norms: Sequence[str], telling: set[str]) -> tuple[int, int] | None:
    """Where the words of the name stand in the question, by number; None where they do not."""
    mine = [token.norm for token in words(name)] if len(name) <= _MOST_CHARACTERS else []
    if not 0 < len(mine) <= _LONGEST or not telling & set(mine):
        return None
    size = len(mine)
    starts = (n for n in range(len(norms) - size + 1) if norms[n : n + size] == mine)
    first = next(starts, None)
    return None if first is None else (first, first + size)


def _settled(
    found: dict[tuple[int, int, FiledKind], tuple[str, set[str]]], tokens: Sequence[Token]
) -> Iterator[FiledName]:
    """The longest names, without overlap; of two readings of one name that of more works."""
    taken: set[int] = set()
    kept = []
    order = sorted(
        found.items(), key=lambda each: (each[0][0] - each[0][1], -len(each[1][1]), each[0])
    )
    for (first, last, kind), (name, works) in order:
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            start, end = tokens[first].start, tokens[last - 1].end
            kept.append(FiledName(name=name, kind=kind, works=len(works), start=start, end=end))
    yield from sorted(kept, key=lambda each: each.start)


def is_named(filed: FiledName, passage: HeldPassage) -> bool:
    """Whether a passage names it, or its text is filed under it."""
    document = passage.document
    if names(filed, passage.text) or names(filed, document.title):
        return True
    wanted = [token.norm for token in words(filed.name)]
    short = (name for name, _ in _names(document) if len(name) <= _MOST_CHARACTERS)
    return any([token.norm for token in words(name)] == wanted for name in short)


def names(filed: FiledName, text: str) -> bool:
    """Whether a text has the name, word by word."""
    wanted = " ".join(token.norm for token in words(filed.name))
    return f" {wanted} " in f" {' '.join(token.norm for token in words(text))} "


@cache
def _words(list_: str) -> frozenset[str]:
    data: dict[str, Any] = load("filed_names.yaml")
    return frozenset(data[list_])
