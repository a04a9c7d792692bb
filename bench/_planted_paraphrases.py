"""Ways of saying the same thing otherwise: what a true claim may look like.

Each takes a sentence and the text it came from, and gives no paraphrase where it does not apply.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

Reword = Callable[[str, str], Iterator[str]]

_LEADING = re.compile(
    r"^(?P<clause>(?:In|Among|For|After|At|During|With|Within|Compared with) [^,;.()]{6,90}), "
    r"(?P<rest>[^;]{25,})\.$"
)
_TRAILING = re.compile(
    r"^(?P<rest>[A-Z][^;]{25,}?)(?P<clause> (?:among|in|for|during|compared with) "
    r"(?:women|men|patients|children|adults|individuals|those)\b[^,;.()]{4,60})\.$"
)
_DEFINED = re.compile(r"\b([A-Za-z][a-z]+(?:[ -][A-Za-z]?[a-z]+){1,4}) \(([A-Z][A-Z0-9-]{1,6})\)")
_SHORT_NAMES = (
    ("overall survival", "OS"), ("progression-free survival", "PFS"),
    ("disease-free survival", "DFS"), ("event-free survival", "EFS"), ("hazard ratio", "HR"),
    ("confidence interval", "CI"), ("odds ratio", "OR"), ("relative risk", "RR"),
    ("adverse events", "AEs"), ("quality of life", "QOL"),
)  # fmt: skip
# Second names of drugs (generic, brand or older name).
_DRUGS = (
    ("acetaminophen", "paracetamol"), ("fluorouracil", "5-FU"), ("pembrolizumab", "Keytruda"),
    ("bevacizumab", "Avastin"), ("trastuzumab", "Herceptin"), ("rituximab", "Rituxan"),
    ("imatinib", "Gleevec"), ("nivolumab", "Opdivo"), ("paclitaxel", "Taxol"),
    ("ipilimumab", "Yervoy"), ("cetuximab", "Erbitux"), ("cisplatin", "CDDP"),
    ("topotecan", "Hycamtin"), ("cemiplimab", "Libtayo"), ("atezolizumab", "Tecentriq"),
    ("olaparib", "Lynparza"), ("docetaxel", "Taxotere"), ("tamoxifen", "Nolvadex"),
)  # fmt: skip
_BRACKET = re.compile(r" \((?![A-Z][\w-]{1,6}\))[^()]{8,160}\)")
_RELATIVE = re.compile(
    r", (?:which|who|including|such as|although|as well as) [^,;.]{8,120}(?:,|(?=\.$))"
)
_TAIL = re.compile(r"(?:; | - |, with )[^;]{10,140}\.$")
_VERBS = (
    (r"\bshowed that\b", "found that"), (r"\bdemonstrated\b", "showed"),
    (r"\bobserved\b", "seen"), (r"\breported\b", "described"), (r"\bfound\b", "observed"),
    (r"\bshowed\b", "demonstrated"), (r"\bapproximately\b", "about"), (r"\breceived\b", "were given"),  # noqa: E501
    (r"\bunderwent\b", "had"),
)  # fmt: skip


def turned(claim: str, text: str) -> Iterator[str]:
    """A clause moved from the front to the end, or from the end to the front."""
    found = _LEADING.match(claim)
    if found and found["rest"].count(",") < 2:
        clause, rest = found["clause"], found["rest"]
        yield f"{rest[0].upper()}{rest[1:]} {clause[0].lower()}{clause[1:]}."
    found = _TRAILING.match(claim)
    if found:
        clause, rest = found["clause"].strip(), found["rest"]
        head = rest if rest.split()[0].isupper() else rest[0].lower() + rest[1:]
        yield f"{clause[0].upper()}{clause[1:]}, {head}."


def abbreviated(claim: str, text: str) -> Iterator[str]:
    """The abbreviation that the text defines, or a usual one, for its long form."""
    for found in _DEFINED.finditer(text):
        long, short = found[1], found[2]
        words = long.split()
        initials = "".join(word[0] for word in re.split(r"[ -]", long)).upper()
        if initials != short:
            keep = len(short)
            words = re.split(r"(?<=[ -])", long)[-keep:]
            long = "".join(words)
            if "".join(word[0] for word in words).upper() != short:
                continue
        if f"{long} ({short})" in claim:
            yield claim.replace(f"{long} ({short})", short, 1)
        elif re.search(rf"\b{re.escape(long)}\b", claim):
            yield re.sub(rf"\b{re.escape(long)}\b", short, claim, count=1)
    for long, short in _SHORT_NAMES:
        if re.search(rf"\b{long}\b(?! [(\[])", claim, re.IGNORECASE):
            yield re.sub(rf"\b{long}\b(?! [(\[])", short, claim, count=1, flags=re.IGNORECASE)


def restated(claim: str, text: str) -> Iterator[str]:
    """A number written another way, exactly: 24 months for 2 years, .93 for 0.93, 1114 for 1,114."""  # noqa: E501
    found = re.search(
        r"(?<!to )(?<!or )(?<!and )(?<![-.\d])\b([2-9]|10) years?\b(?! (?:of age|old|or older))",
        claim,
    )
    if found:
        yield f"{claim[: found.start()]}{int(found[1]) * 12} months{claim[found.end() :]}"
    found = re.search(r"(?<!to )(?<!or )(?<!and )(?<![-.\d])\b([2-9])[- ]weeks\b", claim)
    if found:
        yield f"{claim[: found.start()]}{int(found[1]) * 7} days{claim[found.end() :]}"
    found = re.search(r"(?<![\d,])(\d{1,2}),(\d{3})\b(?!,\d)", claim)
    if found:
        yield claim.replace(found[0], found[1] + found[2], 1)
    found = re.search(r"(?<![\d.])0(\.\d+)\b", claim)
    if found:
        yield claim.replace(found[0], found[1], 1)
    found = re.search(r"(?<![\d.\w-])(\d{1,2}(?:\.\d)?)%(?! CI| confidence|[-–])", claim)
    if found:
        share = Decimal(found[1]) / 100
        if found[1] in ("50", "25", "75"):
            words = {"50": "half", "25": "one quarter", "75": "three quarters"}[found[1]]
            yield claim.replace(f"{found[0]} of", f"{words} of", 1)
        yield claim.replace(found[0], f"{found[1]} percent", 1)
        yield claim.replace(found[0], f"{share}", 1) if "proportion" in claim else claim


def renamed(claim: str, text: str) -> Iterator[str]:
    """A drug under its second name."""
    for one, other in _DRUGS:
        if re.search(rf"\b{one}\b(?! deruxtecan| emtansine)", claim, re.IGNORECASE):
            yield re.sub(rf"\b{one}\b", other, claim, flags=re.IGNORECASE)


def shortened(claim: str, text: str) -> Iterator[str]:
    """A bracket or subordinate clause left out."""
    for pattern in (_RELATIVE, _BRACKET):
        found = pattern.search(claim)
        if found and len(claim) - len(found[0]) > 45:
            yield claim[: found.start()] + claim[found.end() :]


def cut_short(claim: str, text: str) -> Iterator[str]:
    """The last clause left out."""
    found = _TAIL.search(claim)
    if found and found.start() > 45:
        yield claim[: found.start()] + "."


def reported(claim: str, text: str) -> Iterator[str]:
    """Another verb of reporting."""
    for pattern, other in _VERBS:
        if re.search(pattern, claim):
            yield re.sub(pattern, other, claim, count=1)


PARAPHRASES: dict[str, Reword] = {
    "clauses turned round": turned,
    "abbreviation": abbreviated,
    "number restated": restated,
    "drug's second name": renamed,
    "clause left out": shortened,
    "tail left out": cut_short,
    "other verb": reported,
}
