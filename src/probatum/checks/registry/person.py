"""Whether a person of an age and sex may take part: "Anna is a 56 year old woman"."""

import re

from probatum.checks.registry.record import Section

AGE = re.compile(r"\b(\d{1,3})(?:[ -])years?(?:[ -])old\b|\baged? (\d{1,3})\b(?! and| or|\+)", re.I)
_OF_AGE = re.compile(r"\bage|years? old|years of age|\byrs?\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(\d{1,3})\s*(?:-|–|to|and|through)\s*(\d{1,3})")
_UPPER = re.compile(r"<|≤|less|younger|under|at most|up to", re.IGNORECASE)
_MALE = re.compile(r"\b(?:males?|man|men)\b", re.IGNORECASE)
# A line that asks for women, and not one that tells women of an age what to do.
_ASKS_WOMEN = re.compile(
    r"^\W*(?:(?:must be|gender|sex|only)\W{1,3})?(?:adult |(?:pre|post)menopausal |elderly )?"
    r"(?:females?|women)\b(?! of (?:child|reproductive))|\bmust be (?:a )?(?:female|wom[ae]n)\b",
    re.IGNORECASE,
)


def fits(clause: str, section: Section) -> bool | None:
    """Whether everyone described is within the limits of age and sex; None where nothing tells."""
    told = [_age_fits(int(m[1] or m[2]), section) for m in AGE.finditer(clause)]
    told.append(_sex_fits(clause, section))
    known = [each for each in told if each is not None]
    return all(known) if known else None


def _sex_fits(clause: str, section: Section) -> bool | None:
    # "The child's mother" and "she" tell nothing that counts; a man among others does.
    if not _MALE.search(clause) or not AGE.search(clause):
        return None
    lines = [each.text for each in section.criteria if not each.excludes]
    if any(_MALE.search(line) for line in lines):
        return True
    return False if any(_ASKS_WOMEN.search(line) for line in lines) else None


def _age_fits(age: int, section: Section) -> bool | None:
    """Whether someone of this age may take part; None when no line gives an age."""
    for criterion in section.criteria:
        text = criterion.text
        if criterion.excludes or not _OF_AGE.search(text):
            continue
        span = _BETWEEN.search(text)
        if span:
            return int(span[1]) <= age <= int(span[2])
        number = re.search(r"\b(\d{2})\b", text)
        if number:
            return age <= int(number[1]) if _UPPER.search(text) else age >= int(number[1])
    return None
