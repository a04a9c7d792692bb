"""The general vocabulary: what every field of medicine needs, read from the files in `data/`.

Packs bring the terms of their topic and extend this one. It also names diseases and drugs of which
nothing is held, because a question about one of those must be declined by name: what is not
recognised cannot be declined, and would be answered with the nearest thing that is held.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import ValidationError

from probatum.terms.reading import load_yaml
from probatum.terms.term import Term, VocabularyError
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import fold

_FILES: Final = (
    "settings.yaml",
    "outcomes.yaml",
    "bodies.yaml",
    "known_conditions.yaml",
    "known_drugs.yaml",
)
_NOT_IN_AN_ID: Final = re.compile(r"[^a-z0-9]+")


@cache
def general_vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once in a process."""
    return Vocabulary(term for name in _FILES for term in read_terms(name))


def read_terms(name: str) -> Iterator[Term]:
    """The terms of one shipped file."""
    text = files("probatum.terms").joinpath("data", name).read_text("utf-8")
    yield from parse_terms(load_yaml(text), name)


def parse_terms(groups: Iterable[Mapping[str, Any]], where: str) -> Iterator[Term]:
    """Terms out of groups: fields that a group's terms share, and one line for each term.

    One scalar a term instead of a mapping, because reading YAML is most of a cold start.
    """
    for group in groups:
        shared = {key: value for key, value in group.items() if key != "terms"}
        rows = group["terms"]
        pairs = rows.items() if isinstance(rows, Mapping) else ((None, row) for row in rows)
        for id_, row in pairs:
            fields = {**shared, **row} if isinstance(row, Mapping) else {**shared, "line": row}
            try:
                yield _term(id_, fields)
            except (ValidationError, KeyError) as error:
                raise VocabularyError(f"{where}: {id_ or row!r}: {error}") from error


def _term(id_: str | None, fields: dict[str, Any]) -> Term:
    names, abbreviations, brands = _line(fields.pop("line"))
    fields |= {"id": id_ or _slug(names[0]), "name": names[0], "synonyms": names[1:]}
    return Term(
        abbreviations=abbreviations,
        brands=brands,
        parents=tuple(fields.pop("parents", ())),
        **fields,
    )


def _line(line: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """ "name; synonym | ABBREVIATION || Brand": abbreviations after "|", brands after "||"."""
    line, _, brands = line.partition("||")
    names, _, abbreviations = line.partition("|")
    return _split(names), _split(abbreviations), _split(brands)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _slug(name: str) -> str:
    plain = fold(name).text.lower().replace("'", "")
    return _NOT_IN_AN_ID.sub("-", plain).strip("-")
