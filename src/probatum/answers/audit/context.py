"""What a statement leaves to its surroundings, named: "the trial", the drug of the heading.

A claim that cannot be read alone cannot be checked alone. So what stands above a statement (the
sentence that opens its list, its headings, the title) is read for the drug, the study, the disease
and the people it is about. What is near belongs to the statement; what is far (the title, the
question) only says what the text is about, and never makes a claim wrong by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from probatum.answers.audit.blocks import Block, Span, first_heading, words_of
from probatum.answers.audit.statements import Statement, without_citations
from probatum.checks.actions import actions
from probatum.checks.reading import Reading, read
from probatum.library.library import Library

KINDS = (
    "intervention", "study", "condition", "setting", "line", "subtype", "biomarker", "endpoint",
    "adverse_event", "body", "region", "group",
)  # fmt: skip
# Kinds that make a sentence about medicine.
SUBJECTS = (
    "intervention", "study", "condition", "subtype", "biomarker", "endpoint", "adverse_event",
    "body",
)  # fmt: skip
# "pembrolizumab (not cemiplimab)" says nothing of the second.
_ASIDE = re.compile(r"\s?\((?:and )?not [^()]{1,60}\)")
_STUDY = re.compile(r"\b(?:the|this|that|these) (?:same )?(?:trial|study)(?:['’]s)?\b", re.I)
_DRUG = re.compile(
    r"^(?:it|this (?:drug|agent|regimen|treatment|therapy|combination|antibody)"
    r"|the (?:drug|agent|regimen|combination|antibody))\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:this|these|that) (?:population|setting|indication|disease|patients?|group|context)\b",
    re.I,
)
# Statements back within which "the trial" may still mean one that was named.
_RECALL = 6
# A lead longer than this is a paragraph of its own and not the beginning of each of its items.
_LONGEST_LEAD = 200
# Characters of a paragraph before and behind a statement that may name its subgroup.
_PARAGRAPH = 600


@dataclass(frozen=True)
class Said:
    """A statement with what it leaves unsaid.

    `text` can be read alone; `text[own:]` are the statement's own words. `near` and `far` have,
    by kind, the terms of what it hangs under and of what the text is about as a whole. `above` are
    the words it hangs under, `around` those and its whole paragraph.
    """

    statement: Statement
    text: str
    own: int
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    far: dict[str, tuple[str, ...]] = field(default_factory=dict)
    above: str = ""
    around: str = ""

    def terms(self, library: Library, *kinds: str) -> frozenset[str]:
        """What the statement itself names, with what was put in for its pronouns and leads."""
        return read(self.text, library).terms(*kinds)

    def about(self, library: Library, kind: str) -> tuple[str, ...]:
        """Its terms of a kind: its own, else those near, else those of the whole text."""
        own = tuple(sorted(self.terms(library, kind)))
        return own or self.near.get(kind, ()) or self.far.get(kind, ())


class Surroundings:
    """Reads a text's blocks and names what each statement hangs under."""

    def __init__(
        self, text: str, blocks: Sequence[Block], library: Library, question: str | None
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.library = library
        self._spans: dict[Span, Reading] = {}
        self._recent: list[frozenset[str]] = []
        self._sentence: tuple[Span, str] | None = None
        title = first_heading(blocks)
        told = [question or "", words_of(text, title) if title else ""]
        opening = next((b for b in blocks if b.kind != "heading"), None)
        if opening is not None and text[opening.start : opening.end].rstrip().endswith("?"):
            told.append(words_of(text, (opening.start, opening.end)))
        self.far = self._by_kind(read(words, library) for words in told if words)
        self._main = self._most_named()

    def said(self, statement: Statement) -> Said:
        """The statement with what it leaves unsaid; to be asked in the order of the text."""
        block = self.blocks[statement.block]
        leads = [self._span(span) for span in block.lead if span[1] - span[0] <= _LONGEST_LEAD]
        heads = [self._span(span) for span in block.headings]
        before = self._before(statement, block)
        near = self._by_kind([*before, *leads, *heads])
        words = self._resolved(_ASIDE.sub("", statement.words), near)
        prefix = self._prefix(statement, words, block, near, before)
        text = f"{prefix}{words}"
        mentioned = read(text, self.library).terms("study")
        self._recent = [*self._recent, mentioned][-_RECALL:]
        above = ". ".join(r.text for r in (*leads, *heads))
        start = max(block.start, statement.start - _PARAGRAPH)
        paragraph = self.text[start : min(block.end, statement.end + _PARAGRAPH)]
        around = " ".join(f"{above}. {paragraph}".split())
        return Said(statement, text, len(prefix), near, self.far, above, around)

    # -- what stands around -----------------------------------------------------------------------

    def _span(self, span: Span) -> Reading:
        known = self._spans.get(span)
        if known is None:
            words = without_citations(words_of(self.text, span), bare=True)[0]
            known = self._spans[span] = read(words.rstrip(": "), self.library)
        return known

    def _before(self, statement: Statement, block: Block) -> list[Reading]:
        """What the same sentence, or the one before it in the paragraph, says first."""
        start = statement.whole[0]
        own = self.text[start : statement.start]
        earlier = self.text[max(block.start, start - 300) : start]
        found = [without_citations(part, bare=True)[0] for part in (own, earlier)]
        return [read(words, self.library) for words in found if words.strip()]

    def _by_kind(self, readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
        """The terms of each kind in the first of the readings that names one."""
        found: dict[str, tuple[str, ...]] = {}
        for reading in readings:
            for kind in KINDS:
                if kind not in found and (named := reading.of_kind(kind)):
                    found[kind] = tuple(dict.fromkeys(m.term.id for m in named))
        return found

    def _most_named(self) -> str | None:
        """The study of the text: the one that tests what its title names, or the only one."""
        counted = Counter(
            m.term.id
            for block in self.blocks[:400]
            for m in read(self.text[block.start : block.end][:2000], self.library).of_kind("study")
        )
        studies = [s for s in counted if s in self.library.studies]
        asked = set(self.far.get("intervention", ()))
        testing = [
            s
            for s in studies
            if asked
            & {
                *self.library.studies[s].interventions,
                *(t for arm in self.library.studies[s].arms for t in arm.interventions),
            }
        ]
        pool = testing if asked else studies
        return pool[0] if len(pool) == 1 else None

    # -- words put in -----------------------------------------------------------------------------

    def _resolved(self, words: str, near: dict[str, tuple[str, ...]]) -> str:
        """The words with "the trial", "it" and "this population" replaced by names."""
        name = self.library.name
        if not read(words, self.library).terms("study") and _STUDY.search(words):
            study = self._study(near)
            if study is not None:
                words = _STUDY.sub(lambda _: name(study), words, count=1)
        drugs = near.get("intervention", ()) or self.far.get("intervention", ())
        if _DRUG.match(words) and drugs:
            joined = " + ".join(name(drug) for drug in drugs[:4])
            words = _DRUG.sub(lambda _: joined, words, count=1)
        if _PEOPLE.search(words) and not read(words, self.library).terms("condition"):
            people = self._people(near)
            if people:
                words = _PEOPLE.sub(lambda _: people, words, count=1)
        return words

    def _study(self, near: dict[str, tuple[str, ...]]) -> str | None:
        """The study that "the trial" means, where only one can be meant."""
        named = near.get("study", ())
        if len(named) == 1:
            return named[0]
        recent = {study for each in self._recent for study in each}
        if len(recent) == 1:
            return recent.pop()
        return self._main

    def _people(self, near: dict[str, tuple[str, ...]]) -> str:
        name = self.library.name
        conditions = near.get("condition", ()) or self.far.get("condition", ())
        settings = near.get("setting", ()) or self.far.get("setting", ())
        if len(conditions) != 1:
            return ""
        setting = f"{name(settings[0])} " if len(settings) == 1 else ""
        return f"{setting}{name(conditions[0])}"

    def _prefix(
        self,
        statement: Statement,
        words: str,
        block: Block,
        near: dict[str, tuple[str, ...]],
        before: Sequence[Reading],
    ) -> str:
        """What has to be said first for the words to be read alone: "Monitor for: ", a drug."""
        name = self.library.name
        parts: list[str] = []
        own = read(words, self.library)
        if statement.hangs and before:
            own_terms = own.terms("intervention", "study")
            subject = [m for m in before[0].of_kind("study", "intervention") if m.term.id]
            if not own_terms & {m.term.id for m in subject}:
                parts += list(dict.fromkeys(name(m.term.id) for m in subject))[:3]
            if not own_terms and not subject:
                subjects = near.get("study") or near.get("intervention") or ()
                parts += [name(each) for each in subjects[:1]]
            return f"{' + '.join(parts)}: " if parts else ""
        for span in reversed(block.lead):
            reading = self._span(span)
            if span[1] - span[0] <= _LONGEST_LEAD and reading.text:
                parts.append(reading.text)
        told = read(": ".join((*parts, words)), self.library)
        drugs = near.get("intervention", ())
        if not told.terms("intervention", "study", "condition", "body"):
            subjects = near.get("study") or drugs
            parts = [name(each) for each in subjects[:1]] + parts
        elif drugs and not told.terms("study", "body") and self._of_a_drug(own, told, drugs):
            parts = [name(drugs[0]), *parts]
        elif not told.terms("study") and self._measures(own):
            studies = near.get("study", ())
            if len(studies) == 1 and self._tested_in(studies[0], told):
                parts = [name(studies[0]), *parts]
        return "".join(f"{part}: " for part in parts)

    @staticmethod
    def _of_a_drug(own: Reading, told: Reading, drugs: Sequence[str]) -> bool:
        """Whether a harm or an order has its drug in the heading only: "withhold for surgery"."""
        if told.terms("intervention") & set(drugs):
            return False
        harm = bool(own.terms("adverse_event", "condition")) and bool(own.quantities)
        return (harm and not told.terms("intervention")) or bool(actions(own.text))

    @staticmethod
    def _measures(reading: Reading) -> bool:
        return bool(reading.quantities) and bool(reading.terms("endpoint", "adverse_event"))

    def _tested_in(self, study: str, told: Reading) -> bool:
        """Whether the treatments named are those of the study, so that it can be meant."""
        record = self.library.studies.get(study)
        if record is None:
            return True
        vocabulary = self.library.vocabulary
        arms = {t for arm in record.arms for t in arm.interventions} | set(record.interventions)
        return all(
            any(vocabulary.relation(drug, held) != "other" for held in arms if held in vocabulary)
            for drug in told.terms("intervention")
            if drug in vocabulary
        )
