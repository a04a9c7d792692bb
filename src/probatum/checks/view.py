"""What a check may look at: the library, what was asked, and the day the answer is for."""

from dataclasses import dataclass
from datetime import date

from probatum.library.library import Library
from probatum.questions.need import Need


@dataclass(frozen=True)
class View:
    """The surroundings of a draft. Without a need, nothing is said about whom it is for."""

    library: Library
    need: Need | None = None
    as_of: date | None = None
