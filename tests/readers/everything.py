"""Every sentence that the shipped packs can give, in each role a record can play."""

from probatum.answers.sentences import drafts_of
from probatum.evidence.claim import Draft, Role
from probatum.library.library import Library

ROLES: tuple[Role, ...] = ("statement", "history", "contrast")


def every_draft(library: Library) -> tuple[Draft, ...]:
    found = [
        draft
        for record in library.records.values()
        for role in ROLES
        for draft in drafts_of(record, library, role)
    ]
    return tuple(dict.fromkeys(found))
