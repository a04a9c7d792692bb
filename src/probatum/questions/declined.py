"""What is declined before any search: what is no clinical question, or one not to be answered.

Instructions to the program, requests for prescriptions, questions about a named person: each gets
one sentence that says why, and nothing is looked up.
"""

import re
from functools import cache
from pathlib import Path

from probatum.questions.data_files import load


@cache
def _given_names() -> str:
    """A pattern of given names, by which a person is told from an eponym."""
    text = (Path(__file__).parent / "data" / "given_names.txt").read_text(encoding="utf-8")
    names = [n for line in text.splitlines() if not line.startswith("#") for n in line.split()]
    return f"(?:{'|'.join(names)})"


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rule["pattern"], re.IGNORECASE)
            if "pattern" in rule
            else re.compile(rule["exact"].replace("<given>", _given_names())),
            rule["reason"],
        )
        for rule in load("scope.yaml")
    )


def out_of_scope(question: str) -> str | None:
    """The reason why a question is declined before any search, if there is one."""
    text = question.replace("\u2019", "'")
    return next((reason for pattern, reason in _rules() if pattern.search(text)), None)
