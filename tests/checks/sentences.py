"""The table of sentences that must pass the gate and of those that a named check must stop."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from probatum.evidence.claim import Draft
from tests.checks.invented import draft


class Sentence(NamedTuple):
    """A sentence with its records; `check` names the check that must stop it, if any."""

    text: str
    records: tuple[str, ...]
    more: tuple[tuple[str, Any], ...]
    check: str | None

    def draft(self) -> Draft:
        return draft(self.text, *self.records, **dict(self.more))


def _sentence(row: dict[str, Any]) -> Sentence:
    more = tuple((key, row[key]) for key in ("role", "form") if key in row)
    return Sentence(row["text"], tuple(row["records"]), more, row.get("check"))


_ROWS = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
GOOD = [_sentence(row) for row in _ROWS["good"]]
BAD = [_sentence(row) for row in _ROWS["bad"]]
