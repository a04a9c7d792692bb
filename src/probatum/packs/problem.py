"""What a lint finds: a value that says where the pack is wrong and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of a pack; an error would let a wrong claim be made, a warning weakens one."""

    severity: Severity
    where: str
    message: str
    remedy: str


def error(where: str, message: str, remedy: str) -> Problem:
    """A defect that must be put right before the pack is used."""
    return Problem("error", where, message, remedy)


def warning(where: str, message: str, remedy: str) -> Problem:
    """A defect that the pack can be used with, and that its curator should know of."""
    return Problem("warning", where, message, remedy)
