"""Make a question fit to read, or say in one sentence why it cannot be read."""

import re
import unicodedata
from functools import cache

from probatum.evidence.base import ProbatumError
from probatum.questions.data_files import load

# Longer than any clinical question; a whole letter or paper belongs to an audit, not in a question.
MAX_CHARACTERS = 4000
_LATIN_SHARE = 0.6


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    data = load("function_words.yaml")
    return frozenset(data["english"].split()), frozenset(data["other"].split())


class QuestionError(ProbatumError):
    """A question that cannot be taken as one, in a sentence for the person who typed it."""


class ForeignLanguageError(QuestionError):
    """A question in a language that this release does not understand."""


def clean(text: str) -> str:
    """The question in composed Unicode, without control and invisible characters.

    Raises QuestionError when nothing readable is left or the text is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            "The question has %(number)s characters; at most %(most)s are read. Please ask it "
            "in a few sentences.",
            number=len(text),
            most=MAX_CHARACTERS,
        )
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace()
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = re.sub(r" +", " ", kept).strip()
    if not any(character.isalnum() for character in kept):
        raise QuestionError("The question is empty: please type a clinical question in words.")
    return kept


def require_english(text: str) -> None:
    """Raise ForeignLanguageError when the question is plainly not in English."""
    letters = [character for character in text if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    greek = sum("GREEK" in unicodedata.name(character, "") for character in letters)
    words = re.findall(r"[^\W\d_]+", text.lower())
    own, others = _function_words()
    english = sum(word in own for word in words)
    foreign = sum(word in others and word not in own for word in words)
    unreadable = bool(letters) and (latin + greek) / len(letters) < _LATIN_SHARE
    if unreadable or foreign >= max(2, english + 1):
        raise ForeignLanguageError(
            "The question seems to be in a language other than English; "
            "this release understands English only."
        )
