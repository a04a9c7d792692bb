"""FHIR's data types in words: concepts, quantities with their comparators and units, ranges.

Numbers keep the digits they were written with: FHIR says that 0.50 and 0.5 differ in precision.
"""

from probatum.sources.json.node import Node
from probatum.sources.layout.text import clean


def concept(node: Node) -> str:
    """What a CodeableConcept (or a Coding) means: its text, and its codes where they say more."""
    inner = node.part("concept") if "concept" in node else node
    text = inner.text("text")
    shown = [each.text("display") or each.text("code") for each in inner.parts("coding")]
    shown = shown or [inner.text("display") or inner.text("code")]
    codes = "; ".join(dict.fromkeys(each for each in shown if each))
    if not text:
        return codes or reference(inner.part("reference") if _nested(inner) else inner)
    known = codes.casefold()
    if not codes or known in text.casefold() or text.casefold() in known:
        return text
    return f"{text} ({codes})"


def _nested(node: Node) -> bool:
    return "reference" in node and not node.is_text("reference")


def concepts(node: Node, key: str) -> str:
    """The concepts of a list, or plain text where an edition of FHIR has that."""
    if node.is_text(key):
        return node.text(key)
    return "; ".join(filter(None, (concept(each) for each in node.parts(key))))


def codes(node: Node, key: str) -> tuple[str, ...]:
    """Every code and text of some concepts, in small letters, for telling kinds apart."""
    found = [node.text(key)] if node.is_text(key) else []
    for each in [] if found else node.parts(key):
        found.append(each.text("text"))
        found.append(each.text("code"))
        found.extend(coding.text("code") for coding in each.parts("coding"))
    return tuple(text.lower() for text in found if text)


def quantity(node: Node) -> str:
    """ "<0.001", "2.86 score on a scale"."""
    value = node.text("value")
    if not value:
        return ""
    unit = node.text("unit") or node.text("code")
    unit = "" if unit == "1" else unit
    return clean(f"{node.text('comparator')}{value} {unit}")


def span(node: Node) -> str:
    """A Range: "0.37 to 0.57"; the unit once where both ends share it."""
    low, high = node.part("low"), node.part("high")
    unit = low.text("unit")
    if quantity(low) and quantity(high):
        first = low.text("value") if unit == high.text("unit") else quantity(low)
        return f"{first} to {quantity(high)}"
    if quantity(low):
        return f"at least {quantity(low)}"
    return f"at most {quantity(high)}" if quantity(high) else ""


def reference(node: Node) -> str:
    """The words a reference gives for its target, not its address: an address says nothing."""
    name = node.part("identifier").text("value") if not node.is_text("identifier") else ""
    return node.text("display") or (name if " " in name else "")


def expression(node: Node) -> str:
    """A condition: its description, else its name or the expression itself."""
    return node.text("description") or node.text("expression") or node.text("name")


def amount(node: Node, prefix: str = "value") -> str:
    """A member whose type its name tells ("valueQuantity", "doseRange"), in words."""
    key = node.one_of(prefix)
    if not key:
        return node.text(prefix) if node.is_text(prefix) else ""
    kind = key[len(prefix) :]
    if kind in ("Quantity", "SimpleQuantity", "Duration", "Age", "Count", "Distance", "Money"):
        return quantity(node.part(key))
    if kind == "Range":
        return span(node.part(key))
    if kind in ("Ratio",):
        ratio = node.part(key)
        parts = (quantity(ratio.part("numerator")), quantity(ratio.part("denominator")))
        return " per ".join(filter(None, parts))
    if kind in ("CodeableConcept", "Coding", "CodeableReference"):
        return concept(node.part(key))
    if kind == "Reference":
        return reference(node.part(key))
    if kind == "Expression":
        return expression(node.part(key))
    if kind == "Period":
        period = node.part(key)
        return " to ".join(filter(None, (period.text("start"), period.text("end"))))
    return node.text(key) if node.is_text(key) or kind == "Boolean" else ""


def notes(node: Node, key: str = "note") -> str:
    """Annotations in one line."""
    if node.is_text(key):
        return node.text(key)
    return " ".join(filter(None, (each.text("text") for each in node.parts(key))))
