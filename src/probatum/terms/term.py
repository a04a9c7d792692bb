"""One thing with all its names: the data that the vocabulary is made of."""

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "condition",
    "intervention",
    "biomarker",
    "endpoint",
    "adverse_event",
    "setting",
    "line",
    "subtype",
    "body",
    "region",
    "group",
    "study",
    "design",
    "topic",
]
# Where kinds share a name, the earlier kind is the reading (see `Vocabulary.match`).
KINDS: Final[tuple[str, ...]] = get_args(Kind)
_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}
Relation = Literal["same", "broader", "narrower", "other"]


class VocabularyError(ValueError):
    """A vocabulary that contradicts itself; the message names the terms."""


class Term(BaseModel):
    """One thing with all its names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    kind: Kind
    name: str = Field(min_length=1)
    synonyms: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    plain: str | None = None
    definition: str | None = None
    short: str | None = None
    polarity: Literal["more_is_better", "less_is_better"] | None = None
    url: str | None = None
    ambiguous: bool = False


def precedence(term: Term) -> tuple[int, str]:
    """Sort key by which the reading of a shared name is chosen."""
    return _RANK[term.kind], term.id
