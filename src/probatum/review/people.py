"""Who acts: a name that stays, a printed name, and roles."""

from enum import StrEnum
from typing import Self

from probatum.evidence.base import Frozen


class Role(StrEnum):
    """What a person is on this site. Everybody is a reader, signed in or not."""

    READER = "reader"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    # The program itself, which reopens what rests on evidence that has changed.
    SYSTEM = "system"


class Actor(Frozen):
    """The one who does something, as the record names them.

    `id` is the account's name and never changes; `name` is what a signature prints.
    """

    id: str
    name: str
    roles: tuple[Role, ...] = ()

    @classmethod
    def reader(cls) -> Self:
        """Somebody who has not signed in."""
        return cls(id="", name="", roles=(Role.READER,))

    @property
    def every_role(self) -> frozenset[Role]:
        """The roles given, and that of a reader."""
        return frozenset(self.roles) | {Role.READER}


SYSTEM = Actor(id="system", name="Probatum (automatic)", roles=(Role.SYSTEM,))
