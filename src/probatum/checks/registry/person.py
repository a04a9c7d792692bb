"""Whether a person of a sex may take part: "Adam is a 56 year old man"."""

import re

from probatum.checks.registry.record import Section

_MALE = re.compile(r"\b(?:males?|man|men)\b", re.IGNORECASE)
# A line that asks for women, and not one that tells women of an age what to do.
_ASKS_WOMEN = re.compile(
    r"^\W*(?:(?:must be|gender|sex|only)\W{1,3})?(?:adult |(?:pre|post)menopausal |elderly )?"
    r"(?:females?|women)\b(?! of (?:child|reproductive))|\bmust be (?:a )?(?:female|wom[ae]n)\b",
    re.IGNORECASE,
)


def sex_fits(clause: str, section: Section) -> bool | None:
    """Whether everyone described is of a sex that may take part; None where nothing tells."""
    # "The child's mother" and "she" tell nothing that counts; a man among others does.
    if not _MALE.search(clause):
        return None
    lines = [each.text for each in section.criteria if not each.excludes]
    if any(_MALE.search(line) for line in lines):
        return True
    return False if any(_ASKS_WOMEN.search(line) for line in lines) else None
