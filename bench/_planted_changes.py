"""Changes of one thing that make a true claim false, each found by patterns of its own."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

Change = Callable[[str, str, random.Random], Iterator[str]]

_NUMBER = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d+\.\d+|\.\d+|\d+)(?![\w]|[.,]\d|-[A-Za-z]*\d)"
)
_UNITS = (
    ("days", "weeks", "months", "years", "hours"), ("day", "week", "month", "year", "hour"),
    ("mg", "g", "mcg"), ("Gy", "cGy"), ("cm", "mm"), ("mL", "L"), ("mg/m2", "mg/kg"),
    ("mg/day", "mg/m2"), ("daily", "weekly", "monthly"), ("mg/kg", "mg/m2"), ("kg", "g"),
)  # fmt: skip
_DIRECTIONS = (
    ("increased", "decreased"), ("increase", "decrease"), ("increases", "decreases"),
    ("higher", "lower"), ("improved", "worsened"), ("improvement", "worsening"),
    ("improves", "worsens"), ("longer", "shorter"), ("better", "worse"), ("more", "less"),
    ("more", "fewer"), ("greater", "smaller"), ("reduced", "increased"),
    ("reduction", "increase"), ("superior", "inferior"), ("favorable", "unfavorable"),
    ("positive", "negative"), ("effective", "ineffective"), ("benefit", "harm"),
    ("significant", "nonsignificant"), ("common", "rare"), ("recommended", "contraindicated"),
    ("high", "low"), ("above", "below"), ("before", "after"), ("most", "few"),
    ("resistant", "sensitive"), ("safe", "unsafe"), ("likely", "unlikely"),
    ("present", "absent"), ("similar", "different"), ("early", "late"), ("poor", "good"),
    ("prevent", "cause"), ("prolonged", "shortened"), ("approved", "rejected"),
)  # fmt: skip
_DENIED = (
    (r"\b(is|are|was|were|has|have|had|should|may|can|did|does|do|could|would) not\b", r"\1"),
    (r"\b(is|are|was|were|has|have|should|can|could|would)\b(?! (?:not|no)\b)", r"\1 not"),
    (r"\bno (?=significant|difference|evidence|benefit|improvement|effect)", "a "),
    (r"\bwithout\b", "with"),
)  # fmt: skip
_DRUGS = tuple(
    """carboplatin cisplatin oxaliplatin paclitaxel docetaxel gemcitabine vincristine vinblastine
    vinorelbine etoposide irinotecan topotecan doxorubicin epirubicin daunorubicin methotrexate
    pemetrexed fluorouracil capecitabine temozolomide ifosfamide cyclophosphamide melphalan busulfan
    imatinib dasatinib nilotinib erlotinib gefitinib osimertinib crizotinib sorafenib sunitinib
    pazopanib lenvatinib ibrutinib venetoclax olaparib niraparib rucaparib trastuzumab pertuzumab
    bevacizumab cetuximab panitumumab rituximab nivolumab pembrolizumab ipilimumab atezolizumab
    durvalumab tamoxifen raloxifene letrozole anastrozole exemestane fulvestrant leuprolide
    bicalutamide enzalutamide abiraterone prednisone dexamethasone interferon lenalidomide
    thalidomide bortezomib aspirin celecoxib metformin morphine oxycodone fentanyl methadone
    hydromorphone gabapentin ketamine ondansetron aprepitant cemiplimab""".split()  # noqa: SIM905
)
_SITES = (
    "breast", "lung", "prostate", "colorectal", "colon", "ovarian", "cervical", "endometrial",
    "bladder", "gastric", "pancreatic", "thyroid", "esophageal", "renal", "testicular", "rectal",
    "liver", "oral", "skin", "kidney", "vulvar",
)  # fmt: skip
_DISEASES = (
    "melanoma", "neuroblastoma", "retinoblastoma", "osteosarcoma", "rhabdomyosarcoma",
    "medulloblastoma", "glioblastoma", "mesothelioma", "lymphoma", "leukemia", "myeloma",
    "sarcoma", "hepatoblastoma", "ependymoma", "thymoma", "asthma", "diabetes", "hypertension",
    "ALL", "AML", "CLL", "CML", "DLBCL", "NSCLC", "SCLC", "hepatocellular carcinoma",
    "basal cell carcinoma", "Hodgkin lymphoma", "Wilms tumor", "Ewing sarcoma",
)  # fmt: skip
_LINES = (
    ("first-line", "second-line"), ("second-line", "third-line"), ("adjuvant", "neoadjuvant"),
    ("neoadjuvant", "adjuvant"), ("untreated", "pretreated"), ("newly diagnosed", "relapsed"),
    ("recurrent", "newly diagnosed"), ("relapsed", "untreated"), ("metastatic", "localized"),
    ("localized", "metastatic"), ("early-stage", "advanced-stage"), ("advanced", "early-stage"),
    ("maintenance", "induction"), ("induction", "consolidation"), ("consolidation", "maintenance"),
    ("stage I", "stage III"), ("stage II", "stage IV"), ("stage III", "stage I"),
    ("stage IV", "stage II"), ("premenopausal", "postmenopausal"), ("refractory", "untreated"),
    ("postmenopausal", "premenopausal"), ("unresectable", "resectable"), ("resected", "unresected"),
    ("children", "adults"), ("adults", "children"), ("women", "men"), ("men", "women"),
    ("high-risk", "low-risk"), ("low-risk", "high-risk"), ("persistent", "primary"),
    ("intermediate-risk", "high-risk"), ("previously treated", "previously untreated"),
    ("castration-resistant", "castration-sensitive"), ("primary", "recurrent"),
    ("limited-stage", "extensive-stage"), ("extensive-stage", "limited-stage"),
)  # fmt: skip
_ARMS = re.compile(
    r"(?:(?<=\bwith )|(?<=\bto )|(?<=\bof )|(?<=\bfor )|(?<=\bin )|(?<=\breceived )|(?<=, )|(?<=: )"
    r"|(?<=\bcompared )|(?<=\bevaluated )|(?<=\bthe )|(?<=\breceiving )|(?<=\barms )|(?<=\()|^)"
    r"(?P<one>[A-Za-z][\w+/-]*(?: (?!versus|vs|compared|with|to|of|for|in|the|was|were|and|or)[\w+/-]+){0,3})"  # noqa: E501
    r"(?P<join>,? (?:versus|vs\.?|(?:when |as )?compared (?:with|to)|rather than|instead of) (?:the |those )?)"  # noqa: E501
    r"(?P<two>[A-Za-z][\w+/-]*(?: (?!was|were|in|for|on|at|with|to|of|and|or|is|are|had|have|has|as|who"  # noqa: E501
    r"|than|by|from|after|during|when|that|which)[\w+/-]+){0,3})"
)
_THAN = re.compile(
    r"(?:\bin |\bwith |\bfor |\bamong )(?P<one>(?:[\w+/-]+ ){0,3}[\w+/-]+)(?P<join> than (?:in|with|for|among) "  # noqa: E501
    r"(?:the )?)(?P<two>[A-Za-z][\w+/-]*(?: (?!was|were|in|for|on|at|with|to|of|and|or|is|are|had|have|has"  # noqa: E501
    r"|as|who|by|from|after|during|when|that|which)[\w+/-]+){0,2})"
)
_VALUES = re.compile(
    r"(?P<one>\d+(?:\.\d+)?)(?P<mid>%?(?: (?:months|years|weeks|days))?[^.;()\d]{0,60}?"
    r"(?: (?:vs\.?|versus|and|compared with|compared to)|;) [^.;()\d]{0,60}?)(?P<two>\d+(?:\.\d+)?)"
    r"(?=%| months| years| weeks| days| with| in| for)"
)


# Words that begin no arm's name.
_ARM_STARTS = frozenset(
    "those that other expected a an it who as respectively results patients individuals".split()  # noqa: SIM905
)


def number(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """One number made another."""
    for found in _NUMBER.finditer(claim):
        digits = found[1].replace(",", "")
        if "." in digits:
            whole, _, part = digits.partition(".")
            other = f"{whole}.{(int(part) + chance.choice((1, 2, 11, 23))) % 10 ** len(part):0{len(part)}d}"  # noqa: E501
        else:
            other = str(int(digits) + chance.choice((1, 2, 5, 10, max(1, int(digits) // 2))))
        if other != digits:
            yield claim[: found.start(1)] + other + claim[found.end(1) :]


def _equal(one: str, other: str) -> bool:
    return float(one.replace(",", "")) == float(other.replace(",", ""))


def borrowed_number(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """One number replaced by another number of the same text."""
    held = [m[1] for m in _NUMBER.finditer(text)]
    for found in _NUMBER.finditer(claim):
        others = [n for n in held if not _equal(n, found[1]) and ("." in n) == ("." in found[1])]
        if others:
            yield claim[: found.start(1)] + chance.choice(others) + claim[found.end(1) :]


def unit(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """One unit made another."""
    for family in _UNITS:
        for name in family:
            for found in re.finditer(
                rf"(?<=\d[ -]){re.escape(name)}(?![\w/])|\b(?<=twice ){name}\b", claim
            ):
                other = chance.choice([u for u in family if u != name])
                yield claim[: found.start()] + other + claim[found.end() :]


def arms(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Two arms exchanged."""
    for pattern in (_ARMS, _THAN):
        for found in pattern.finditer(claim):
            one, two = found["one"], found["two"]
            if one.lower() == two.lower() or re.search(r"(?<![\w-])\d", one + two):
                continue
            if not _ARM_STARTS.isdisjoint({one.split()[0].lower(), two.split()[0].lower()}):
                continue
            yield (
                claim[: found.start("one")] + two + found["join"] + one + claim[found.end("two") :]
            )


def values(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """The values of two arms exchanged."""
    for found in _VALUES.finditer(claim):
        if found["one"] == found["two"]:
            continue
        if re.search(r"\bto\b", found["mid"]) and "compared to" not in found["mid"]:
            continue
        if (
            found["mid"].strip() == "and"
            and "between" in claim[max(0, found.start() - 9) : found.start()]
        ):
            continue
        if not re.search(r"vs|versus|compared|;", found["mid"]) and not re.search(  # noqa: SIM102
            r"\w{4}", found["mid"].replace("and", "").replace("months", "").replace("years", "")
        ):
            if "respectively" not in claim:
                continue
        yield (
            claim[: found.start()]
            + found["two"]
            + found["mid"]
            + found["one"]
            + claim[found.end() :]
        )


def grade(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another grade."""
    for found in re.finditer(r"\b([Gg]rades? (?:[≥>]=? ?)?)(\d)", claim):
        other = chance.choice([g for g in "12345" if g != found[2]])
        yield claim[: found.start(2)] + other + claim[found.end(2) :]
    for one, other in (("high-grade", "low-grade"), ("low-grade", "high-grade")):
        if one in claim:
            yield claim.replace(one, other, 1)


def _exchanged(claim: str, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    for one, other in pairs:
        for found in re.finditer(rf"(?<![\w-]){re.escape(one)}(?![\w-])", claim):
            yield claim[: found.start()] + other + claim[found.end() :]


def direction(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """A word of direction made its opposite."""
    yield from _exchanged(claim, [*_DIRECTIONS, *((b, a) for a, b in _DIRECTIONS)])


def denial(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """A denial added or taken away."""
    for pattern, other in _DENIED:
        found = re.search(pattern, claim)
        if found:
            yield claim[: found.start()] + found.expand(other) + claim[found.end() :]


def drug(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another drug."""
    for name in _DRUGS:
        for found in re.finditer(rf"\b{name}\b", claim, re.IGNORECASE):
            other = chance.choice([d for d in _DRUGS if d != name])
            yield claim[: found.start()] + other + claim[found.end() :]


def own_drug(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another drug that the same text names."""
    held = [d for d in _DRUGS if re.search(rf"\b{d}\b", text, re.IGNORECASE)]
    for name in held:
        others = [d for d in held if d != name and d not in claim.lower()]
        if re.search(r"\b[A-Z][a-z]+(?:tin|da|san|xin|tuda|gleevec)\b|CDDP|Gleevec", claim):
            continue  # a second name may hide that the other drug is named already
        for found in re.finditer(rf"\b{name}\b", claim, re.IGNORECASE):
            if others:
                yield claim[: found.start()] + chance.choice(others) + claim[found.end() :]


def disease(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another disease."""
    for site in _SITES:
        for found in re.finditer(
            rf"\b{site}\b(?= (?:cancer|carcinoma|adenocarcinoma|tumor))", claim
        ):
            other = chance.choice([s for s in _SITES if s != site])
            yield claim[: found.start()] + other + claim[found.end() :]
    for name in _DISEASES:
        for found in re.finditer(rf"(?<![\w-]){name}(?![\w-])", claim):
            other = chance.choice(
                [d for d in _DISEASES if d != name and d.isupper() == name.isupper()]
            )
            yield claim[: found.start()] + other + claim[found.end() :]


def line(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another line of treatment, stage or group of patients."""
    yield from _exchanged(claim, _LINES)


def edition(claim: str, text: str, chance: random.Random) -> Iterator[str]:
    """Another year, version, analysis or trial."""
    for found in re.finditer(r"\b(19|20)(\d\d)\b(?!,?\d)", claim):
        year = int(found[0]) + chance.choice((-4, -3, -2, -1, 1, 2, 3))
        yield claim[: found.start()] + str(year) + claim[found.end() :]
    yield from _exchanged(
        claim,
        [("final", "interim"), ("interim", "final"), ("phase III", "phase II"), ("phase II", "phase III"),  # noqa: E501
         ("updated", "interim"), ("primary analysis", "final analysis"), ("phase 3", "phase 2")],
    )  # fmt: skip
    for found in re.finditer(r"\b([A-Z]{3,}[- ])(\d{2,5})\b", claim):
        other = str(int(found[2]) + chance.choice((1, 3, 10)))
        yield claim[: found.start(2)] + other + claim[found.end(2) :]


CHANGES: dict[str, Change] = {
    "number": number,
    "number of the same text": borrowed_number,
    "unit": unit,
    "arm": arms,
    "value of the other arm": values,
    "grade": grade,
    "direction": direction,
    "denial": denial,
    "drug": drug,
    "drug of the same text": own_drug,
    "disease": disease,
    "line, stage or group": line,
    "edition": edition,
}
