"""One entry of the catalogue as it is found in the code or in data."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "probatum"


@dataclass(frozen=True)
class Word:
    """English words that are to be translated, their plural and context if any, and their file."""

    text: str
    where: str
    plural: str | None = None
    context: str | None = None


def name_of(path: Path) -> str:
    """The file as the catalogue names it."""
    return path.relative_to(ROOT).as_posix()
