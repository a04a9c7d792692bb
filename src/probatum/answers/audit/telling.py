"""The words of a claim that say something, and how many of them a record has."""

from probatum.answers.audit.context import Said
from probatum.checks.held import Held
from probatum.checks.overlap import connectives
from probatum.checks.reading import read, stem
from probatum.library.library import Library
from probatum.terms.words import STOPWORDS


def telling(said: Said, library: Library) -> list[str]:
    """The stems of the claim's own words, without those that join facts and state none."""
    own = [
        stem(word.text)
        for word in read(said.text, library).words
        if word.start >= said.own
        and word.text.lower() not in STOPWORDS
        and not word.text[0].isdigit()
        and len(word.text) > 1
    ]
    return [key for key in own if key not in connectives()]


def shared(said: Said, each: Held) -> int:
    """How many of them stand in a record, its title or its names."""
    return sum(key in each.stems for key in telling(said, each.library))
