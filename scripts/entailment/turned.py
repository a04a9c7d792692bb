"""Sentences with their meaning turned round, and sentences without their trimmings."""

import random
import re

_OPPOSITE = """increased decreased|increase decrease|increases decreases|increasing decreasing
higher lower|greater smaller|improved worsened|improves worsens|improve worsen|reduced increased
reduces increases|reduce increase|reduction increase|lower higher|better worse|longer shorter
more less|more fewer|effective ineffective|superior inferior|positively negatively
positive negative|protective harmful|beneficial harmful|safe unsafe|promotes inhibits
promote inhibit|enhanced impaired|enhances impairs|activates inhibits|activation inhibition
prevents causes|elevated reduced|upregulated downregulated|favorable unfavorable|common rare
often rarely|early late|stronger weaker|faster slower|fewer more|decreased increased
decrease increase|decreases increases|inhibits promotes|impaired enhanced|high low|low high
most few|benefit harm|larger smaller|necessary unnecessary|sufficient insufficient
feasible unfeasible|worsened improved|similar different|same different"""
OPPOSITES = [tuple(pair.split()) for pair in re.split(r"[|\n]", _OPPOSITE)]
_DENY = (
    (re.compile(r"\b(is|are|was|were) (not )?(?=\w)"), 2),
    (re.compile(r"\b(can|may|could|should|did|does|do|has been|have been) (not )?(?=\w)"), 2),
)
_NO = re.compile(r"\bno (?=\w+)")
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_LEAD = re.compile(
    r"^(?:CONCLUSIONS?:?\s*|(?:Overall|Thus|Therefore|Hence|Taken together|Together|Collectively"
    r"|In conclusion|In summary|Finally|Moreover|Furthermore|However|In addition|Additionally"
    r"|Importantly),?\s*)?(?:(?:(?:These|Our|The|This) (?:present |current )?(?:results?|findings?"
    r"|data|study|studies|observations?|work)|We|It)(?: \w+)? (?:suggest(?:s|ed)?|show(?:s|ed)?"
    r"|indicate[sd]?|demonstrate[sd]?|found|conclude[sd]?|reveal(?:s|ed)?|provides? evidence"
    r"|confirm(?:s|ed)?|propose|report|support) that\s+)?",
    re.IGNORECASE,
)


def turned(text: str, chance: random.Random) -> str | None:
    """The sentence with an opposite, a denial or another number; None where none fits."""
    fitting = [pair for pair in OPPOSITES if re.search(rf"\b{pair[0]}\b", text)]
    if fitting and chance.random() < 0.65:
        one, two = chance.choice(fitting)
        return re.sub(rf"\b{one}\b", two, text, count=1)
    for pattern, _ in _DENY:
        if pattern.search(text):
            return pattern.sub(lambda m: f"{m[1]} " if m[2] else f"{m[1]} not ", text, count=1)
    if _NO.search(text):
        return _NO.sub("a ", text, count=1)
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    found = chance.choice(numbers)
    value = float(found[0]) * chance.choice([0.3, 0.5, 2, 3])
    new = f"{value:.1f}" if "." in found[0] else str(max(1, int(value)) + 1)
    return text[: found.start()] + new + text[found.end() :]


def plain(text: str) -> str:
    """The sentence without "these results suggest that" and without brackets."""
    text = _LEAD.sub("", text, count=1)
    text = re.sub(r"\s*[(\[][^()\[\]]{0,200}[)\]]", "", text)
    return (text[:1].upper() + text[1:]).strip()
