"""An answer with a quote of a held text, and whoever holds that text."""

import json

from probatum.evidence.answer import Answer, Reference, Section
from probatum.evidence.claim import Anchor, CheckResult, Claim, Outcome, Verdict
from probatum.evidence.source import Currency, Depth, Identifiers, SourceType
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.passage_row import detail_of
from probatum.sources.passages import Passage, Run
from tests.render import samples

TEXT = (
    "Signs\n"
    "Examplimab is tolerated by most. It was tried in 300 adults, of whom 12 stopped it. "
    "Watch for these signs:\n"
    "a zorgle count above 12\n"
    "pale <b>quennels</b> in the morning\n"
    "Tell the team about them. They know what to do.\n"
    "Drug | Dose\n"
    "Examplimab | 350 mg"
)
QUOTE = "Watch for these signs:\na zorgle count above 12\npale <b>quennels</b> in the morning"
START = 1000 + TEXT.index(QUOTE)
EDITION = "file:notes/guide.md@2033"


def document(tier: str = "A") -> HeldDocument:
    """The work."""
    return HeldDocument(
        id=7,
        source="file:notes/guide.md",
        edition=EDITION,
        type=SourceType.GUIDELINE,
        depth=Depth.FULL_TEXT,
        title="Care of examploma",
        body=None,
        year=2033,
        date=None,
        version="2033",
        superseded_by=None,
        retracted=False,
        written=json.dumps({"licence": "CC BY 4.0", "tier": tier}),
    )


def passage(tier: str = "A") -> HeldPassage:
    """The passage that the quote stands in, from character 1000 of the work on."""

    def span(words: str) -> tuple[int, int]:
        at = 1000 + TEXT.index(words)
        return at, at + len(words)

    sentences = (
        span("Examplimab is tolerated by most."),
        span("It was tried in 300 adults, of whom 12 stopped it."),
        span("Watch for these signs:"),
        span("a zorgle count above 12"),
        span("pale <b>quennels</b> in the morning"),
        span("Tell the team about them."),
        span("They know what to do."),
        span("Drug | Dose"),
        span("Examplimab | 350 mg"),
    )
    runs = (
        Run(1000, ("Safety", "Signs"), 4),
        Run(span("Drug | Dose")[0], ("Safety", "Signs"), 5, ("What", "How much")),
    )
    end = 1000 + len(TEXT)
    detail = detail_of(Passage(1000, end, runs, sentences, (3, 4)))
    return HeldPassage(3, document(tier), 1000, end, detail, TEXT)


class Holder:
    """Names and texts as an engine gives them; `held` None: the text is gone."""

    def __init__(self, held: HeldPassage | None) -> None:
        self.held = held

    def statement(self, record_id: str) -> str | None:
        return samples.STATEMENTS.get(record_id)

    def name(self, term_id: str) -> str:
        return samples.name(term_id)

    def around(self, anchor: Anchor) -> HeldPassage | None:
        return self.held


def answer() -> Answer:
    """The full sample with one quote more."""
    full = samples.full()
    anchor = Anchor(
        source="file:notes/guide.md",
        edition=EDITION,
        locator="p. 4, Safety \u203a Signs",
        quote=QUOTE,
        start=START,
        end=START + len(QUOTE),
    )
    number = len(full.references) + 1
    claim = Claim(
        id="c99",
        text=f"\u201c{QUOTE}\u201d",
        anchors=(anchor,),
        citations=(number,),
        verdict=Verdict.SUPPORTED,
        checks=(CheckResult(name="anchors", outcome=Outcome.PASS, detail="stands there"),),
        depth=Depth.FULL_TEXT,
        population="as the source states it",
        form="quote",
    )
    reference = Reference(
        number=number,
        source="file:notes/guide.md",
        edition=EDITION,
        type=SourceType.GUIDELINE,
        title="Care of examploma",
        year=2033,
        identifiers=Identifiers(),
        depth=Depth.FULL_TEXT,
        currency=Currency.CURRENT,
    )
    quotes = Section(id="texts", kind="quotes", title="In the words of held texts", claims=("c99",))
    return full.model_copy(
        update={
            "claims": {**full.claims, "c99": claim},
            "references": (*full.references, reference),
            "sections": (*full.sections, quotes),
        }
    )
