"""How figures of results are written: labels of estimates, intervals, P values, numbers with units.

All patterns work on folded text (`prose.text`). None has an unbounded repeat inside a repeat and
every gap is bounded, so that no text, however made, takes more than linear time.
"""

import re
from typing import Final

from probatum.extract.prose.count_words import COUNT_WORD

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+)"
_SIGNED: Final = rf"[-+]?{NUMBER}"
_BOUND_UNIT: Final = r"(?:\s?%|\s(?:months?|years?|weeks?|days?|points?|mm ?Hg)(?![A-Za-z]))?"

# "95% CI, 0.56-0.84", "95% confidence interval [CI], 0.56 to 0.84", "(80%; CI, 6.6-9.5)",
# "95% CI = [0.5; 0.8]", "95% credible interval".
_CI_WORD: Final = (
    r"(?:(?i:confidence|credible|credibility)\s(?i:intervals?|limits?)"
    r"(?:\s?[\[(]\s?(?:\d\d\s?%\s?)?Cr?Is?\s?[\])])?|Cr?Is?)"
)
_LEVEL: Final = r"(?:(?P<level>\d{2}(?:\.\d+)?)\s?-?(?:%|percent|per cent)\s?[;,]?\s?(?:\(\s?)?)?"
INTERVAL: Final = (
    rf"(?P<ci>(?<![\w.]){_LEVEL}(?:two-sided\s|exact\s|adjusted\s)?{_CI_WORD}(?![A-Za-z])"
    r"(?:\s?(?P<level2>9\d)\s?%(?=[\s,:;=]))?"
    r"[\s,:;=()\[]{0,4}(?:(?:of|was|is|were|from|ranged?|between|ranging from)\s)?[\[(]?\s?"
    rf"(?P<low>{_SIGNED}){_BOUND_UNIT}\s?(?:-|to|,|;|and|\.\.\.?|/|~)\s?"
    rf"(?P<high>{_SIGNED}){_BOUND_UNIT})"
)
_NOT_BOUND: Final = r"(?:not\s(?:yet\s)?(?:estimable|evaluable|reached|available)|N[ERA]\b)"
# "95% CI, 38.7 months-not estimable": one bound only, and that is no value of a group.
OPEN_INTERVAL: Final = (
    rf"(?P<open>(?<![\w.])(?:\d{{2}}(?:\.\d+)?\s?%\s?)?{_CI_WORD}[\s,:;=(\[]{{0,4}}"
    rf"{_SIGNED}{_BOUND_UNIT}\s?(?:-|to|,)\s?{_NOT_BOUND}"
    # "46.7 months (40.0-not evaluable)"
    rf"|(?<=[\[(]){_SIGNED}{_BOUND_UNIT}\s?(?:-|to)\s?{_NOT_BOUND}"
    # "one-sided 95% CI, 47%"
    rf"|\bone-sided\s\d{{2}}(?:\.\d+)?\s?%\s?{_CI_WORD}[\s,:;=]{{0,4}}{_SIGNED}\s?%?(?=[)\]]))"
)
# An interval that no word marks: "(15.18-19.65)", "[0.78 to 0.97;".
BARE_INTERVAL: Final = (
    rf"(?P<bare>(?<=[\[(])\s?(?P<blow>{_SIGNED})(?:\s?%)?\s?(?:-|to|,|;)\s?"
    rf"(?P<bhigh>{_SIGNED})(?:\s?%)?(?=\s?[\]);,]))"
)
# "(range, 4.4-10.9)", "[IQR 3 to 9]": how the single values spread, and no interval of an estimate.
SPREAD: Final = (
    r"(?P<spreads>\b(?:interquartile ranges?(?: ?[\[(]IQR[\])])?|IQR|ranges?)\s?[,:=]?\s?(?:of\s)?"
    rf"{_SIGNED}{_BOUND_UNIT}\s?(?:-|to|,)\s?{_SIGNED}{_BOUND_UNIT}"
    # "(SD 1.2)", "(SD = 5.4 %)"
    r"|\b(?:SD|SE|SEM|s\.d\.|standard (?:deviations?|errors?))\s?[,:=]?\s?(?:of\s)?"
    rf"{NUMBER}{_BOUND_UNIT})"
)
# "P < .001", "p-value of 0.03", "P for trend = .04", "P interaction = .8", "two-sided P=0.02".
P_VALUE: Final = (
    r"(?P<pvalue>(?<![A-Za-z0-9_])[Pp](?:\s?-?\s?values?)?"
    r"(?:(?:\s?[-_]?\s?|\s(?:for|of)\s(?:the\s)?)(?P<ptag>[A-Za-z][a-z-]{2,20}(?:\s[a-z]{3,15})?))?"
    r"\s{0,2}(?:(?:of|was|is|,)\s)?"
    r"(?P<psign>[=<>≤≥]{1,2}|(?:less|greater) than)\s{0,2}"
    r"(?P<pnumber>\d?\.\d+(?:\s?[x×]\s?10\s?\^?-?\s?\d{1,3}|[eE]-?\d{1,3})|[01]?\.\d+"
    r"|\d\s?[x×]\s?10\s?\^?-\s?\d{1,3}|\de-\d{1,3}|[01](?![\d.])))"
)

# What an estimate is called: words in any case, short forms as they stand. A longer name first.
_LABELS: Final[dict[str, tuple[str, str]]] = {
    "SIR": (r"standardi[sz]ed (?:incidence|mortality|rate) ratios?", r"S[IM]Rs?"),
    "HR": (
        r"(?:sub-?distribution )?hazards? ratios?|relative hazards?|ratio of hazards",
        r"(?:a|m|s|adj|c)?HRs?",
    ),
    "OR": (r"odds ratios?|relative odds", r"(?:[amcP]|adj)?ORs?|AOR"),
    "RRR": (r"relative risk reductions?|(?:RR|risk) reductions?", r"RRR"),
    "RR": (
        r"relative risks?|risk ratios?|(?:incidence |event )?rate ratios?|relative rates?"
        r"|prevalence ratios?",
        r"(?:[acIP]|adj)?RRs?",
    ),
    "SMD": (r"standardi[sz]ed mean (?:group )?differences?|Cohen's d|Hedges'? ?g", r"SMDs?"),
    "MD": (
        r"(?:mean|weighted mean) (?:group |between-group |treatment )?differences?"
        r"|differences? (?:in|between) (?:the )?(?:adjusted |least[- ]squares? )?means?",
        r"W?MDs?(?=[ ,:;=\])])",
    ),
    "RD": (
        r"(?:absolute |absolute risk |risk |rate |percentage[- ]point )"
        r"(?:differences?|reductions?|increases?|improvements?|benefits?)",
        r"ARR|ARD|RDs?(?=[ ,:;=\])])",
    ),
    "difference": (r"differences?", r"(?!)"),
    "pooled": (r"(?:pooled|summary|combined|meta-analytic) (?:risk |effect )?estimates?", r"(?!)"),
}
_SHORT: Final = (
    r"(?:\s?[\[(]\s?(?:(?:[asm]|adj)?HR|[aA]?OR|[aI]?RR|RRR|ARR|SMD|W?MD|RD|S[IM]R)s?\s?[\])])?"
)
LABEL: Final = (
    "(?P<label>(?:"
    + "|".join(
        f"(?P<l_{name}>(?<![A-Za-z])(?i:{words})(?![A-Za-z])"
        # "HRdeath" is a hazard ratio with a subscript that lost its place.
        rf"|(?<![A-Za-z0-9-])(?:{short})(?![A-Z0-9+]|-[A-Z0-9]))"
        for name, (words, short) in _LABELS.items()
    )
    + ")"
    + _SHORT
    + ")"
)
LABELS: Final = tuple(_LABELS)

_COUNTED: Final = (
    r"deaths?|cases?|events?|cancers?|tumou?rs?|recurrences?|relapses?|points?|episodes?"
    r"|patients?|participants?|women|men|children|people|persons?|individuals?|subjects?|studies"
    r"|trials?|lesions?|nodes?|nodules?|samples?|families|centers|centres|sites|cycles?|doses?"
    r"|genes|codons?|hospitals?"
)
_MEASURE: Final = (
    r"(?:mm ?Hg|(?:[mnpμµ]?mol|[mnpμµ]?g|m?I?U|mEq)/(?:[dm]?[Ll]|kg|m2|day)|kg/m2"
    r"|kg|mg|cm|mm|m[lL]|Gy|ms|[μµ]g|mcg|IU|dB|bpm|kcal|g|L|s"
    r"|euros?|USD|EUR|GBP|(?:US )?dollars?)(?![A-Za-z0-9/])"
)
_TIME: Final = r"months?|mos?|years?|yrs?|y|weeks?|wks?|days?|hours?|hrs?|h|minutes?|min"
UNIT: Final = (
    r"(?P<percent>%|percent(?:age points?)?\b|per cent\b)"
    rf"|(?P<hyphen>-)?(?P<time>{_TIME})(?![A-Za-z])"
    r"|(?P<fold>-?fold\b|times\b)"
    r"|(?P<per>(?:(?:cases|deaths|events) )?"
    r"(?:per ?\d[\d,]*|/ ?10{0,2},?0{2,3}(?![\d,])|(?:per|/) ?(?:million|thousand|hundred))"
    r"(?: ?(?:person|patient|wom[ae]n|m[ae]n)?[- ]?(?:years|women|men|people|persons|patients))?"
    r"|(?:(?:cases|deaths|events|relapses|exacerbations|attacks) )?per (?:person|patient)"
    r"(?:-| per )(?:year|month|day))"
    # "58 invasive cancers"
    r"|(?P<counted>(?:(?:invasive|incident|new|total|primary|breast|lung|colorectal|prostate|cancer"
    rf"|cardiovascular|serious|major) ){{0,2}}(?:{_COUNTED}))(?![A-Za-z])"
    rf"|(?P<measure>{_MEASURE})"
)
# "n = 321", "(n=9)".
SIZE: Final = r"(?P<size>(?<![A-Za-z])[nN]\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+))"
VALUE: Final = (
    r"(?P<number>(?<![A-Za-z0-9_.,/])(?<![A-Za-z0-9)]-)(?P<sign>-)?"
    rf"(?P<digits>{NUMBER})(?![\d])(?P<range>(?:\s?%?\s?-"
    rf"|(?<!from \d\d\d\d)(?<!from \d\d\d)(?<!from \d\d)(?<!from \d)\sto)\s?{NUMBER})?"
    rf"(?:\s?(?:{UNIT})|(?P<shared>-(?= ?(?:,|and|or|to)\s))"
    # not "2-sided P"
    r"|(?![A-Za-z_%\d]|-[A-Z]|-(?:sided|tailed)|\.\d|,\d))"
    rf"(?P<spread>\s?\(?\s?(?:±|\+/-|\+-)\s?{NUMBER}(?:\s?%)?(?:\s?\))?)?)"
)
# The unit that stands behind the spread: "12.3 ± 4.5 mm Hg", "12.1 (SD 3.4) mm Hg".
UNIT_BEHIND: Final = re.compile(
    rf"\s?(?:(?P<percent>%)|(?P<time>{_TIME})(?![A-Za-z])|(?P<measure>{_MEASURE}))"
)
NOT_REACHED: Final = (
    r"(?P<reached>(?:has |had |have |was |were )?not (?:yet )?(?:been )?"
    r"(?:reached|attained|estimable|evaluable)|\bNR\b(?=[ ,;)\]]))"
)
# Figures begin where a word or a number does, or with the space behind a bracket; the search passes
# by all other places without a try.
_WHERE: Final = r"(?:(?<![A-Za-z])(?=[A-Za-z\d.+-])|(?<=[\[(])(?=\s))"
FIGURE: Final = re.compile(
    _WHERE
    + "(?:"
    + "|".join(
        (
            P_VALUE,
            SPREAD,
            OPEN_INTERVAL,
            INTERVAL,
            BARE_INTERVAL,
            LABEL,
            SIZE,
            NOT_REACHED,
            COUNT_WORD,
            VALUE,
        )
    )
    + ")"
)
