"""How quantities are written: the patterns that `quantities` reads with.

They run over text from `fold_numbers`, where each number is written one way.
"""

import re
from decimal import Decimal
from importlib.resources import files
from typing import Final, Literal

Comparator = Literal["=", "<", "<=", ">", ">="]
Role = Literal[
    "value", "ci_low", "ci_high", "ci_level", "p", "hr", "rr", "or", "rd", "grade", "cps", "n",
    "year", "version", "ordinal", "interval",
]  # fmt: skip


def _numbered_names() -> str:
    """Alternatives for the names that a number belongs to."""
    text = files("probatum.terms").joinpath("data/numbered_names.txt").read_text("utf-8")
    names = [re.escape(line) for line in text.splitlines() if line and line[0] != "#"]
    return "|".join(sorted(names, key=len, reverse=True))


N = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
WORDS: Final = {
    word: Decimal(value)
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        start=1,
    )
}
WORD = "|".join(WORDS)
NUMBER: Final = re.compile(
    rf"(?<![A-Za-z0-9.,_])(?P<number>{N})|(?<![\w-])(?P<word>{WORD})(?=[ \n-])", re.IGNORECASE
)

# Digits in these are names or addresses, never numbers.
MASKED: Final = re.compile(
    r"""https?://\S+|\bwww\.\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+
    |\bPMC?ID:?\s*(?:PMC)?\d+|\b(?:NCT|ISRCTN|PMC|ChiCTR|UMIN|CRD|ACTRN)[-\s]?\d+
    |\bEudraCT(?:\s+number)?:?\s*[\d-]+|\bISBN[-\s:]*[\d-]+
    |\[\d+(?:\s*[,-]\s*\d+)*\]
    |(?<![A-Za-z0-9])(?:NAMES)[-\s](?:[A-Za-z]{1,12}-?)?\d+[A-Za-z]?(?:[/-][A-Za-z0-9-]*\d[A-Za-z0-9-]*)*""".replace(
        "NAMES", _numbered_names()
    ),
    re.VERBOSE,
)
VERSION: Final = re.compile(rf"\b(?:v|ver\.?|version)\s*\.?\s*({N})", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE: Final = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d)-\d\d(?:-\d\d)?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? +{_MONTH}(?:,? +(?P<dmy>(?:19|20)\d\d))?\b"
    rf"|\b{_MONTH} +\d{{1,2}}(?:st|nd|rd|th)?(?:,? +(?P<mdy>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
EVERY_SHORT: Final = re.compile(
    r"(?<![A-Za-z0-9])q\.? ?(\d+)(?:-(\d+))? ?-?(h|hrs?|hours?|d|days?|w|wks?|weeks?|m|months?)"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
AUC: Final = re.compile(
    rf"\bAUC\)?\s*(?:of|=|:|-)?\s*({N})(?![\d%])|area under the (?:\S+ ){{0,3}}curve"
    rf"(?: \(?AUC\)?)?\s*(?:of|=|:)?\s*({N})(?![\d%])",
    re.IGNORECASE,
)
CI: Final = re.compile(
    rf"(?:(?P<level>{N})\s*%?\s*-?\s*)?"
    r"(?:\bCI|\bCIs|\bCrI|\bconfidence intervals?|\bcredible intervals?)(?:\s*\((?:CI|CrI)\))?"
    rf"[\s,:;=(\[]*(?:of |was |from |between )?(?P<low>-?{N})\s*%?\s*"
    rf"(?:to|through|and|-|,|;)\s*(?P<high>-?{N})"
)
BRACKET: Final = re.compile(rf"\s*[(\[]\s*(?P<low>-?{N})\s*%?\s*(?:to|-|,)\s*(?P<high>-?{N})")

_OF = r"(?:\s*\([A-Za-z ]{1,12}\))?(?:\s+for\s+[A-Za-z][A-Za-z ,/-]{0,60}?)?"
_IS = r"(?:\s*(?:of|was|were|is|at|about|approximately|around|equal to|=|:|,|~|\())*\s*$"
RATIOS: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("hr", re.compile(rf"(?:\b[Hh]azard ratios?\b|\ba?HRs?\b){_OF}{_IS}")),
    ("or", re.compile(rf"(?:\b[Oo]dds ratios?\b|\ba?ORs?\b){_OF}{_IS}")),
    ("rr", re.compile(
        rf"(?:\b[Rr]elative risks?\b|\b[Rr](?:isk|ate) ratios?\b|\ba?RRs?\b){_OF}{_IS}")),
    ("rd", re.compile(
        rf"(?:\b(?:[Rr]isk|[Aa]bsolute(?: risk)?) differences?\b|\bRDs?\b){_OF}{_IS}")),
    ("p", re.compile(rf"(?:\b[Pp](?:[- ]?values?)?|\b[Pp] for [a-z]+){_IS}")),
    ("cps", re.compile(rf"(?:\bCPS\b|\b[Cc]ombined positive score\b){_OF}(?: score)?{_IS}")),
    ("grade", re.compile(r"\bgrades?[ -]*(?:of|was|is|=|:)?\s*$|\bCTCAE\s+$", re.IGNORECASE)),
    ("n", re.compile(r"(?:^|[^A-Za-z])[nN]\s*(?:=|:)\s*$")),
)  # fmt: skip
ORDINAL: Final = re.compile(
    r"\b(?:days?|cycles?|phases?|stages?|types?|cohorts?|arms?|parts?|tables?|figures?|fig\.|steps?"
    r"|categor(?:y|ies)|levels?|class(?:es)?|lines?|chapters?|sections?|tiers?|groups?|ECOG"
    r"|performance status|ECOG PS|question|references?|item|appendix|number|no\.|IHC|score of IHC)"
    r"(?: (?:of|was|is))?[ -]*$",
    re.IGNORECASE,
)
# The number of a list item, at the start of its line.
LIST_MARK: Final = re.compile(r"[.)] ")
DAY: Final = re.compile(r"(?:^|[^A-Za-z0-9])(d)(\d{1,2})(?![\dA-Za-z.])", re.IGNORECASE)
EVERY: Final = re.compile(
    rf"\b(?:every|each)\s+(?:(?:{N}|{WORD})\s*(?:to|-|or)\s*)?$|\bonce (?:every|in|per)\s+$",
    re.IGNORECASE,
)

BEFORE: Final[tuple[tuple[Comparator, re.Pattern[str]], ...]] = (
    (">=", re.compile(r"(?:≥|>\s*=|=>|⩾|≧)\s*$")),
    ("<=", re.compile(r"(?:≤|<\s*=|=<|⩽|≦)\s*$")),
    (">", re.compile(r">\s*$")),
    ("<", re.compile(r"<\s*$")),
    (">=", re.compile(
        r"\b(?:at least|no (?:less|fewer) than|not less than|a minimum of|minimum(?: of)?"
        r"|greater than or equal to|equal to or greater than)\s+(?:a |an )?$", re.IGNORECASE)),
    ("<=", re.compile(
        r"\b(?:up to|at most|no (?:more|greater|longer) than|not (?:more than|exceeding|to exceed)"
        r"|(?:a )?maximum(?: of)?|less than or equal to|equal to or less than|capped at)"
        r"\s+(?:a |an )?$", re.IGNORECASE)),
    (">", re.compile(r"\b(?:more|greater|higher|longer|larger) than\s+$|\b(?:above|exceeding)\s+$",
                     re.IGNORECASE)),
    ("<", re.compile(r"\b(?:less|fewer|lower|shorter|smaller) than\s+$|\b(?:below|under)\s+$",
                     re.IGNORECASE)),
)  # fmt: skip
AFTER: Final[tuple[tuple[Comparator, re.Pattern[str]], ...]] = (
    (">=", re.compile(
        r"(?: of age)?,?[ -]+(?:or|and)[ -](?:higher|more|greater|above|over|worse|older|longer"
        r"|later|beyond|upwards?)\b|\+(?![\w+])", re.IGNORECASE)),
    ("<=", re.compile(
        r"(?: of age)?,?[ -]+(?:or|and)[ -](?:lower|less|fewer|below|under|younger|shorter)\b",
        re.IGNORECASE)),
)  # fmt: skip
APPROX: Final = re.compile(
    r"(?:\b(?:about|approximately|approx\.?|around|roughly|nearly|almost|some|circa|ca\.?)\s+"
    r"|[~≈]\s*)(?:[<>≤≥]=?\s*)?$",
    re.IGNORECASE,
)
ADJECTIVES: Final = re.compile(
    r"(?:[ -](?:eligible|evaluable|randomi[sz]ed|randomly|assigned|enrolled|treated|adult"
    r"|pa?ediatric|new|other|additional|such|female|male|older|healthy|response-evaluable|consecutive)){1,3}"
    r"(?=[ -](?:patients?|participants?|women|men|adults|people|subjects|children)\b)",
    re.IGNORECASE,
)
VERSUS: Final = re.compile(
    r"\s*%?\s*,?\s*(?:vs\.?|versus|v\.?|compared (?:with|to)|against|and|or|to"
    r"|through|-|/|of|,|, and|out of)\s*",
    re.IGNORECASE,
)
VERSUS_ARMS: Final = re.compile(
    r"\s+(?:with|in|for|on|among)\s+[^\d.;:]{2,40}?\s+(?:vs\.?|versus|compared with|and)\s+",
    re.IGNORECASE,
)
SHARED_ROLES: Final = frozenset(
    {"hr", "or", "rr", "rd", "grade", "cps", "ordinal", "interval", "n"}
)
