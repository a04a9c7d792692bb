"""The words of a sentence come from its records (a guard against text that a model adds).

At least three in five of its content words, crudely stemmed, must stand in the records' wordings,
names and titles or among the connective words of sentence patterns. It cannot see a false sentence
made of true words; the other checks are there for that.
"""

from functools import cache

from probatum.checks.anchored import records_of
from probatum.checks.outcome import failed, not_applicable, passed
from probatum.checks.phrases import word_list
from probatum.checks.reading import read, stem, stems_of
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.terms.words import STOPWORDS

NAME = "overlap"
_LEAST = 0.6


@cache
def connectives() -> frozenset[str]:
    """Stems of the words that join facts and state none."""
    return stems_of(str(word_list("connectives")["words"]))


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when too few of the content words are the records' own."""
    reading = read(draft.text, view.library)
    content = [
        word.text
        for word in reading.words
        if word.text.lower() not in STOPWORDS and not word.text[0].isdigit() and len(word.text) > 1
    ]
    if not content:
        return not_applicable(NAME, "the sentence has no content words")
    records = records_of(draft, view)
    if not records:
        return failed(NAME, "no anchored record is held")
    own = [stem(word) for word in content]
    held = [key for key in own if any(key in record.stems for record in records)]
    joining = connectives()
    strange = [
        word
        for word, key in zip(content, own, strict=True)
        if key not in joining and not any(key in record.stems for record in records)
    ]
    share = 1 - len(strange) / len(content)
    if not held:
        return failed(NAME, "no word of the sentence is in its records")
    if share < _LEAST:
        return failed(NAME, f"not in the records: {', '.join(dict.fromkeys(strange))}")
    return passed(NAME, f"{share:.0%} of the words are held or connective")
