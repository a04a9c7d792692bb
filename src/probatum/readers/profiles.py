"""What the page around the claims says to each reader: titles, notice, labels, target grade.

These are fixed interface texts, so they are data; a title written in code would be forgotten when
the next reader is added.
"""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import Field

from probatum.evidence.answer import ReaderName, SectionKind
from probatum.evidence.base import Frozen


class Profile(Frozen):
    """One reader's interface text; `target_grade` is None where no readability is asked for."""

    name: ReaderName
    notice: str
    bottom_line: str
    sections: dict[SectionKind, str]
    labels: dict[str, str]
    target_grade: float | None = None
    titles: dict[str, str] = Field(default_factory=dict)

    def heading(self, kind: SectionKind, title: str) -> str:
        """The heading of an outline's section: its own title, or this reader's words for it."""
        if not self.titles:
            return title
        return self.titles.get(title, self.sections[kind])


@cache
def profile(reader: ReaderName) -> Profile:
    """The profile of a reader, read once."""
    path = files("probatum.readers").joinpath(f"data/{reader.value}.yaml")
    return Profile.model_validate(yaml.safe_load(path.read_text("utf-8")))
