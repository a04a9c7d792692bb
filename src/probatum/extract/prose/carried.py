"""What the sentences read so far lend to the next one: end point, groups, follow-up, disease.

Most sentences hold no result, so what they name is looked up only when a result later on leaves
something out; reading every sentence of a long text for that would cost more than all the rest.
"""

from dataclasses import dataclass, field

from probatum.extract.prose.assignments import assigned
from probatum.extract.prose.comparisons import Comparison, comparison
from probatum.extract.prose.endpoints import mentions
from probatum.extract.prose.lone_values import Lone
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.text import Prose, Sentence


@dataclass
class Carried:
    """The state between sentences; `passed` are those without results that nobody looked at yet."""

    chosen: Chosen | None = None
    label: str | None = None
    comparison: Comparison | None = None
    assigned: list[str] = field(default_factory=list)
    disease: str | None = None
    follow_up: str | None = None
    follow_up_at: int = -9
    passed: list[Sentence] = field(default_factory=list)
    lone: list[Lone] = field(default_factory=list)

    def look_back(self, ready: Prose) -> None:
        """Take from the sentences passed by what they name: groups, assignments, end point."""
        for sentence in self.passed:
            self.comparison = comparison(ready, sentence) or self.comparison
            self.assigned += assigned(ready, sentence)
        for sentence in reversed(self.passed):
            named = mentions(ready, sentence)
            if named:
                strong = [m for m in named if not m.weak] or named
                self.chosen = Chosen.of(strong[-1], here=False)
                break
        self.passed.clear()
