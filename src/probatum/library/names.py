"""By which names works refer to each other, and whether a name is that of anything held."""

from typing import TYPE_CHECKING

from probatum.evidence.source import Edition, Source

if TYPE_CHECKING:
    from probatum.library.library import Library


def identifiers(edition: Edition) -> tuple[str, ...]:
    """The identifiers of a pack's edition as held documents write them: "pmid:123"."""
    return tuple(f"{k}:{v}".lower() for k, v in edition.identifiers.present().items())


def names(edition: Edition, source: Source) -> tuple[str, ...]:
    """What held documents may call a pack's edition, in lower case: by its work, too."""
    return (*identifiers(edition), edition.id.lower(), source.id.lower())


def holds(library: "Library", name: str) -> bool:
    """Whether a name is that of something held, letter case aside: a work or an edition of one.

    What is said of any other name ("it is superseded") has no effect until such a work comes.
    """
    wanted = name.lower()
    for source in library.sources.values():
        if any(wanted in names(edition, source) for edition in source.editions):
            return True
    works = (wanted, wanted.rpartition("@")[0])
    documents = (each for work in works for each in library.documents.known_as(work))
    return any(wanted in (each.edition.lower(), *each.known_as) for each in documents)
