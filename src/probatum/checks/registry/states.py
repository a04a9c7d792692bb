"""States that shut each other out: a receptor positive or negative, before or after menopause."""

import re

_MARKERS: tuple[tuple[str, str], ...] = (
    ("her2", r"her-?2(?:[/-]?neu)?|human epidermal growth factor receptor 2|erbb2"),
    ("er", r"er|o?estrogen(?:[ -]receptors?)?"),
    ("pr", r"pgr|pr|progesterone(?:[ -]receptors?)?"),
    ("hr", r"hr|hormone[ -]receptors?"),
)
_STATE = (
    r"(?:\s*\([^()]{0,20}\))?(?:\s|-)?(?:is |are |be |status |tumou?rs? )?"
    r"(?P<state>\+|positive|pos\b|negative|neg\b|overexpress\w*|-(?=[\s,.;:)/]|$))"
)
_FOUND = tuple(
    (name, re.compile(rf"\b(?:{pattern}){_STATE}", re.IGNORECASE)) for name, pattern in _MARKERS
)
_TRIPLE = re.compile(r"\btriple[ -](negative|positive)|\b(tnbc)\b", re.IGNORECASE)
_OPPOSITES: tuple[tuple[str, str, str], ...] = (
    ("menopause", r"\bpost-?\s?menopaus\w+", r"\bpre-?\s?menopaus\w+"),
    ("sex", r"\b(?:female|wom[ae]n)\b", r"\b(?:male|m[ae]n)\b"),
    ("palpable", r"(?<!non-)(?<!non )\bpalpable", r"\bnon-?\s?palpable|\bimpalpable"),
    ("measurable", r"(?<!non-)(?<!non )\bmeasurable", r"\bnon-?\s?measurable"),
    ("side", r"\bunilateral", r"\bbilateral"),
    ("spread", r"\b(?:metastatic|metastases|stage (?:iv|4))\b", r"\bnon-?\s?metastatic"),
    ("resectable", r"\bunresectable|\binoperable", r"(?<!un)\bresectable|(?<!in)\boperable"),
)
_PAIRS = tuple(
    (name, re.compile(one, re.IGNORECASE), re.compile(two, re.IGNORECASE))
    for name, one, two in _OPPOSITES
)


def states(text: str) -> dict[str, frozenset[str]]:
    """The states that a text names, "+" and "-" for each thing that has two."""
    found: dict[str, set[str]] = {}
    for triple in _TRIPLE.finditer(text):
        sign = "+" if (triple[1] or "").lower() == "positive" else "-"
        for name in ("her2", "er", "pr"):
            found.setdefault(name, set()).add(sign)
    for name, pattern in _FOUND:
        for match in pattern.finditer(text):
            state = match["state"].lower()
            sign = "-" if state.startswith(("neg", "-")) else "+"
            found.setdefault(name, set()).add(sign)
    for name, one, two in _PAIRS:
        plain = two.sub(" ", text)
        if one.search(plain):
            found.setdefault(name, set()).add("+")
        if two.search(text):
            found.setdefault(name, set()).add("-")
    return {name: frozenset(signs) for name, signs in found.items()}


def opposed(one: str, two: str) -> bool:
    """Whether some thing is in one state in the first text and only in the other in the second."""
    held = states(two)
    return any(
        len(signs) == 1 and len(held.get(name, ())) == 1 and signs != held[name]
        for name, signs in states(one).items()
    )


def agreed(one: str, two: str) -> bool:
    """Whether the first text names states, each of which the second names too."""
    held = states(two)
    named = states(one)
    return bool(named) and all(
        signs <= held.get(name, frozenset()) for name, signs in named.items()
    )
