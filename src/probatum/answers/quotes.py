"""Verbatim sentences of held texts that bear on a question.

They are what a library can say about anything that somebody put into it, before anyone curated it.
A sentence is chosen for how much of the question's meaning it carries, never for its style, and is
shown as the source's own words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from probatum.answers.asked_group import drug_names, for_children, on_drug
from probatum.answers.bearing import Question, question
from probatum.answers.opposites import Opposite, opposites
from probatum.answers.plan import PlanSection
from probatum.answers.quotable import announces, only_references, stretches
from probatum.answers.support import Support, passage_support
from probatum.checks.gate import examine
from probatum.checks.quotation import FORM, quoted
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, Draft, Verdict
from probatum.evidence.source import RightsTier
from probatum.library.held import HeldPassage
from probatum.library.library import Library
from probatum.library.search import Hit, Request
from probatum.questions.filed_names import is_named
from probatum.questions.need import Need

TITLE = "In the words of held texts"
# Passages looked at, quotes shown, and quotes of one work: enough to compare, short enough to read.
_LOOKED_AT = 20
# Lists of references hold every word of a subject, and are passed over.
_FETCHED = 30
_SHOWN = 5
_OF_ONE_WORK = 2
# Sentences put to the checks: beyond these a question's words are met by chance.
_TRIED = 30
# The share of the question's weight (by rarity of its words) that a sentence must carry by itself.
# Below, it shares words with the question and not its subject.
_LEAST_ALONE = 0.25
# The same with its headings and title, where the text is filed under the disease asked about: its
# subject is known then. Of other texts a calibrated chance decides, see `support`.
_LEAST_FILED = 0.55
# All of it but for what is lost in adding up.
_ALL = 0.999
# And at least this many of its words: one alone, however rare, may be another subject's.
_LEAST_WORDS = 2
# A list is about what its lead is about; an item may name anything in passing.
_LEAST_LED = 0.3
# How far below the best a quote may be: what is further off only fills the list.
_NEAR = 0.3
# The share of their words that makes two sentences one: works copy each other with slight changes.
_SAME = 0.8
_WORD = re.compile(r"[^\W_]+")
# What the best passage's place in the search counts for, beside the share of the question.
_PASSAGE = 0.8
# "What are the options?" is answered by a list sooner than by one of its items.
_LISTED = 0.1
# A work whose title names the disease asked about is on it; another names it in passing.
_TITLED = 0.2
# That a list follows is worth knowing only where nothing says what is in it.
_POINTING = 0.15
# "Unresectable" in so many words, where that is what the question asks about.
_OWN = 0.25
# A work on children is not on those whom a question means that speaks of none.
_YOUNGER = 0.25


@dataclass(frozen=True)
class Quotation:
    """A chosen sentence with how well it answers and how good a passage it stands in.

    `subject` is the disease that it was chosen for, where a question asks about several; `support`
    is what speaks for its being on what was asked, where it was chosen for that; `kind` whether it
    is of the kind of answer asked for (a treatment, a cause), where the question asks for one.
    """

    anchor: Anchor
    coverage: float
    rank: int
    subject: str = ""
    support: Support | None = None
    kind: bool = True

    @property
    def draft(self) -> Draft:
        """The sentence as a draft for the gate."""
        return Draft(text=quoted(self.anchor.quote), anchors=(self.anchor,), form=FORM)


def quotes(need: Need, library: Library, as_of: date | None = None) -> tuple[Quotation, ...]:
    """The sentences that answer best, all past the gate; empty when none carries the question."""
    if library.documents.content is None:
        return ()
    asked = question(need, library)
    if not asked.weights:
        return ()
    view = View(library, need, as_of)
    drugs = drug_names(need, library)
    # First among the texts that are filed under the disease asked about.
    for condition in (*need.conditions[:1], None):
        request = Request(
            need.in_full, _FETCHED, condition=condition, plain=True, as_of=as_of, meaning=False
        )
        hits = [hit for hit in library.search.search(request) if _usable(hit.passage)]
        hits = [hit for hit in _on_filed(hits, need) if on_drug(hit.passage, drugs)]
        ranked = _ranked(hits[:_LOOKED_AT], asked, need, library, filed=condition is not None)
        found = tuple(_distinct(ranked, view))
        if found:
            return found
    return ()


def as_quotes(found: Sequence[Quotation]) -> PlanSection:
    """A section of quotes."""
    subject = found[0].subject
    title = f"{TITLE}: {subject}" if subject else TITLE
    return PlanSection("quotes", title, drafts=tuple(each.draft for each in found))


def _on_filed(hits: list[Hit], need: Need) -> list[Hit]:
    """Only what names what the question names: all of it, else any of it."""
    if not need.filed:
        return hits
    named = [[is_named(name, hit.passage) for name in need.filed] for hit in hits]
    on_all = [hit for hit, each in zip(hits, named, strict=True) if all(each)]
    return on_all or [hit for hit, each in zip(hits, named, strict=True) if any(each)]


def _usable(passage: HeldPassage) -> bool:
    return passage.document.rights.tier is not RightsTier.LINK and not only_references(passage)


def _ranked(
    hits: Sequence[Hit], asked: Question, need: Need, library: Library, *, filed: bool
) -> list[Quotation]:
    """Every sentence of these passages that carries enough of the question, best first."""
    best = max((hit.score for hit in hits), default=0.0)
    words = frozenset(library.search.stems(need.question))
    names, against = _names(need, library), opposites(need.in_full)
    found: list[Quotation] = []
    for rank, hit in enumerate(hits):
        worth = _PASSAGE * hit.score / best if best > 0.0 else 0.0
        title = set(library.search.stems(hit.passage.document.title))
        worth += _TITLED if any(name <= title for name in names) else 0.0
        worth -= _YOUNGER if for_children(hit.passage.document.title, need.in_full) else 0.0
        found += _sentences(
            hit.passage, rank, worth, asked, words, library, filed=filed, against=against
        )
    found.sort(key=lambda q: (-round(q.coverage, 6), q.rank, q.anchor.edition, q.anchor.start))
    # "How is it treated?": among the best, a sentence that speaks of treatment is the answer, and
    # what speaks of none only fills the list.
    least = found[0].coverage - _NEAR if found else 0.0
    of_kind = [each for each in found if each.kind and each.coverage >= least]
    return of_kind or found


def _names(need: Need, library: Library) -> list[frozenset[str]]:
    """The names of the diseases asked about, each as its index terms."""
    terms = [library.vocabulary.get(id) for id in need.conditions if id in library.vocabulary]
    names = (name for term in terms for name in (term.name, *term.synonyms))
    return list(dict.fromkeys(frozenset(library.search.stems(name)) for name in names))


def _sentences(
    passage: HeldPassage,
    rank: int,
    better: float,
    asked: Question,
    words: frozenset[str],
    library: Library,
    *,
    filed: bool,
    against: Sequence[Opposite],
) -> Iterator[Quotation]:
    stems = library.search.stems
    title = passage.document.title
    above: dict[tuple[str, ...], frozenset[str]] = {}
    whole: Support | None = None
    for (start, end), run in stretches(passage):
        said = passage.slice(start, end)
        if run.headings not in above:
            above[run.headings] = frozenset(stems("\n".join((title, *run.headings))))
        bearing = asked.bearing(said, stems(said), above[run.headings])
        if bearing.words < min(len(asked.weights), _LEAST_WORDS) or bearing.alone < _LEAST_ALONE:
            continue
        whole = whole or _place(passage, asked, words, library)
        sure = filed and bearing.subject >= _LEAST_FILED
        sure = sure or (bearing.alone > _ALL and len(asked.weights) > 1 and not whole.other)
        support = whole.of(bearing.words, len(asked.weights), sure)
        if not support.enough:
            continue
        lead, listed, _ = said.partition(":\n")
        if listed:
            led = asked.bearing(lead, stems(lead), above[run.headings])
            if led.subject < _LEAST_LED:
                continue
        if not all(opposite.agrees(said) for opposite in against):
            continue
        if all(label.agrees(said, "\n".join((title, *run.headings))) for label in asked.labels):
            worth = bearing.worth + better + (_LISTED if listed and asked.several else 0.0)
            worth -= _POINTING if announces(said) else 0.0
            worth += _OWN if any(opposite.own.search(said) for opposite in against) else 0.0
            anchor = library.quote(passage, start, end)
            yield Quotation(anchor, worth, rank, support=support, kind=bearing.kind)


def _place(
    passage: HeldPassage, asked: Question, words: frozenset[str], library: Library
) -> Support:
    title = passage.document.title
    headings = dict.fromkeys(h for run in passage.passage.runs for h in run.headings)
    above = frozenset(library.search.stems("\n".join((title, *headings))))
    return passage_support(asked, words, title, above, passage.text)


def _distinct(found: Iterable[Quotation], view: View) -> Iterator[Quotation]:
    """The best that pass the gate, no words twice, few of one work."""
    shown: list[Quotation] = []
    tried = 0
    for each in found:
        if shown and each.coverage < shown[0].coverage - _NEAR:
            return
        anchors = [quotation.anchor for quotation in shown]
        same = [anchor for anchor in anchors if anchor.source == each.anchor.source]
        if len(same) >= _OF_ONE_WORK or any(repeats(each.anchor, anchor) for anchor in anchors):
            continue
        tried += 1
        if examine(each.draft, view).verdict is Verdict.SUPPORTED:
            shown.append(each)
            yield each
        if len(shown) == _SHOWN or tried == _TRIED:
            return


def repeats(one: Anchor, other: Anchor) -> bool:
    """Whether two quotes are of one place, or say the same in nearly the same words."""
    if one.edition == other.edition and one.start < other.end and other.start < one.end:
        return True
    words, others = (set(_WORD.findall(each.quote.casefold())) for each in (one, other))
    return len(words & others) >= _SAME * len(words | others)
