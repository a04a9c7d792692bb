"""What may point to a person is taken out of a text before it leaves the machine.

Patterns see cues and shapes: a bare name without a cue stays. Whoever must be sure uses a server of
their own, or no model. More is taken out than need be (a disease with a capital after "patient"),
which costs a model some context and the answer nothing, for it is made from the question itself.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml


class Deidentified(NamedTuple):
    """A text fit to be sent, and the kinds of thing taken out of it, each once."""

    text: str
    removed: tuple[str, ...]


@cache
def _kinds() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    text = files("probatum.llm").joinpath("data/deidentify.yaml").read_text("utf-8")
    return tuple(
        (each["name"], each["put"], re.compile(each["pattern"])) for each in yaml.safe_load(text)
    )


def deidentify(text: str) -> Deidentified:
    """The text in one line without dates, names by cue, numbers, contacts, addresses, high ages."""
    # Digits and letters of other widths would pass every pattern.
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    removed: dict[str, None] = {}
    for name, put, pattern in _kinds():
        plain, count = pattern.subn(put, plain)
        if count:
            removed[name] = None
    return Deidentified(plain, tuple(removed))
