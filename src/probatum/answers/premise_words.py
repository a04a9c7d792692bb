"""The words by which a premise says what it asserts: an approval, advice, a need, a benefit."""

import re

APPROVAL = re.compile(
    r"\b(approv|licen[cs]ed|authori[sz]|indicat|on[- ]label|off[- ]label|withdr[ae]w|revok|"
    r"reject|refus)",
    re.IGNORECASE,
)
RECOMMENDS = re.compile(r"\b(recommend|endors|advis|prefer|first choice|categor)", re.IGNORECASE)
REQUIRES = re.compile(r"\b(requir|need(s|ed)?\b|must|only\b|mandatory|restricted)", re.IGNORECASE)
# What is said of some alone is denied of all others.
ONLY = re.compile(
    r"\b(only|exclusively|solely|nobody but|no one but|(?:limited|restricted|confined) to)\b",
    re.IGNORECASE,
)
NOT_REQUIRED = re.compile(
    r"\b(irrespective|regardless|any (PD-L1|level|CPS)|any CPS|"
    r"not (be )?(required|needed|necessary|restricted)|no (biomarker|test|testing)|"
    r"independent of|without regard|whatever|"
    r"without an? [^.;,]{0,40}\b(test|testing))\b",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(not|no|never|n't|without|failed to|lacks?|isn't|wasn't)\b", re.IGNORECASE)
BENEFIT = re.compile(
    r"\b(improv|prolong|extend|longer|better|benefit|superior|doubl|"
    r"reduc\w+ (the risk|death|mortal))",
    re.IGNORECASE,
)
NO_BENEFIT = re.compile(
    r"\b(no (survival |overall |clear )?(benefit|difference|improvement|effect)|"
    r"did(n't| not) (improve|prolong|extend|help)|failed to (improve|prolong|show)|"
    r"(not|never) (\w+ ){0,2}(improv|prolong|extend|lengthen|help|work|increas|reduc|superior|"
    r"better|benefi)|without (an? |any )?(benefit|improvement)|ineffective|negative trial|"
    r"fail(ed|s)?\b)",
    re.IGNORECASE,
)
ENROLLED = re.compile(r"\b(enrol\w*|includ\w*|allowed|accepted|recruited)\b", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(before|prior|previous\w*|earlier|received|pre-?treated|already|after)\b", re.IGNORECASE
)
TESTED = re.compile(
    r"\b(tested|compared|studied|used|evaluated|examined|randomi[sz]ed)\b", re.IGNORECASE
)
INSTEAD = re.compile(
    r"\b(not|instead of|rather than|without|avoid\w*|never)\s+(with\s+|to\s+|use\s+|the\s+)*$",
    re.IGNORECASE,
)
OFF_LABEL = re.compile(
    r"\boff[- ]label\b|\bunapproved\b|\bnot (yet )?(approved|licensed|authori)|"
    r"\b(withdr[ae]w|withdrawn|revoked|rejected|refused)",
    re.IGNORECASE,
)
