"""A sentence does not claim a deeper reading than there was (D10).

It looks at how each record was read and at words such as "the label says" or "as cited by". It
cannot see whether the curator read well.
"""

from probatum.checks.anchored import records_of
from probatum.checks.outcome import failed, passed
from probatum.checks.phrases import pattern
from probatum.checks.reading import read, stem
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.source import Checked, Depth

NAME = "depth"
_READ_IN_FULL = frozenset({Depth.FULL_TEXT, Depth.LABEL, Depth.REGISTRY, Depth.CURATED_RECORD})


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when a record was not read, or less deeply than the sentence says."""
    records = records_of(draft, view)
    if not records:
        return failed(NAME, "no anchored record is held")
    depths = [view.library.depth(held.record) for held in records]
    for held in records:
        if held.record.checked is Checked.UNCHECKED:
            return failed(NAME, f"nobody has read {held.record.id} in its source")
        via = held.record.via
        if via and not _says_so(draft.text, via, view):
            return failed(NAME, f"{held.record.id} was read in {via}, which the sentence hides")
    if pattern("depth", "full_text").search(draft.text) and not set(depths) <= {Depth.FULL_TEXT}:
        return failed(NAME, "the full text was not read")
    if pattern("depth", "at_source").search(draft.text) and not set(depths) <= _READ_IN_FULL:
        return failed(NAME, "the source itself was not read, only a report of it")
    return passed(NAME, "read: " + ", ".join(dict.fromkeys(depth.value for depth in depths)))


def _says_so(text: str, via: str, view: View) -> bool:
    if pattern("depth", "via").search(text):
        return True
    said = {stem(word.text) for word in read(text, view.library).words}
    source = view.library.sources.get(via)
    name = {stem(w.text) for w in read(source.title if source else via, view.library).words}
    return bool(name) and name <= said
