"""Which words an abbreviation stands for: "of heat shock factor (HSF)" is three words, not four.

Tried in order, the surest first: the initials of the last words; the method of A. S. Schwartz and
M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
Pacific Symposium on Biocomputing 2003, 451-462, which finds the short form's letters from its end
in the words before it, its first letter at the start of a word; both again without digits.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.terms.words import STOPWORDS

# A word, or part of a compound, with its possessive ending.
_WORD: Final = re.compile(r"[^\W_]+(?:['’]s(?![^\W_]))?")
_SHORT: Final = re.compile(
    r"(?!\d+$)[^\W_](?:[^\s()\[\],;:=<>≥≤%]|\([^\s()]{1,4}\))*"
    r"(?: (?!\d{3})[^\s()\[\],;:=<>≥≤%]+){0,2}"
)
# No long form runs across these; a bracket inside a name parts nothing ("benz(a)anthracene").
_BOUNDARY: Final = re.compile(
    r"(?<![\s.][A-Z])[.!?]\s+(?=[A-Z])|[;:]\s|\n|(?<![^\s\[])\(|\)(?=[\s,;.])"
    r"|(?<![^\s(])\[|\](?=[\s,;.])"
)
# Without one of these there is no boundary, which is quicker to see.
_MARK: Final = re.compile(r"[.!?;:\n()\[\]]")
# What stands before a word without belonging to it.
_PARTED: Final = re.compile(
    r"(?:\S*(?:[^\W_]|\))/|[^()\s]*\)(?=-)|(?!\([^\s()]+\))[\"'“‘\[({/,])*[-–]?"
)
# Digits that stand for words: "two-dimensional (2D)".
_NUMBERS: Final = {
    "1": ("one", "first", "single", "mono"), "2": ("two", "second", "di", "bi"),
    "3": ("three", "third", "tri"), "4": ("four", "tetra"), "5": ("five", "penta"),
    "6": ("six", "hexa"),
}  # fmt: skip
_GREEK: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ",
    "lambda": "λ", "omega": "ω",
}  # fmt: skip
_LATIN: Final = {greek: name[0] for name, greek in _GREEK.items()}
_GREEK_NAME: Final = re.compile("|".join(_GREEK), re.IGNORECASE)
_LONGEST_SHORT: Final = 13
# Characters before a bracket that are looked through.
_WINDOW: Final = 250


def is_short_form(text: str) -> bool:
    """Whether it may abbreviate: one capital, or a few characters in at most three words.

    In small letters alone it must be short indeed: "cdks", "apo".
    """
    if not 1 < len(text) <= _LONGEST_SHORT:
        return len(text) == 1 and text.isupper()
    if text.islower():
        return len(text) < 6 and text.isalnum() and text not in STOPWORDS
    return _SHORT.fullmatch(text) is not None


def long_form(
    short: str, text: str, begin: int, end: int, *, whole: bool = False, sure: bool = False
) -> tuple[int, int] | None:
    """The span in ``text[begin:end]``, at its end, that the short form stands for.

    With ``whole`` it must be all of ``text[begin:end]``: the order "SF (long form)". With ``sure``
    only initials count: before a figure, "(OR = 1.8)", any word with those letters may stand.
    """
    while end > begin and (text[end - 1].isspace() or text[end - 1] in "\"'“”‘’,"):
        end -= 1
    begin = max(begin, end - _WINDOW)
    letters = _letters(short)
    small = short.islower()
    for wanted in _spellings(letters, short):
        start = _by_initials(wanted, text, begin, end, small=small)
        if start is None and wanted is letters and not sure and not small:
            start = _by_letters(wanted, text, begin, end)
        if start is None or (whole and start != begin):
            continue
        start = _extended(text, start, begin)
        long = text[start:end]
        if (
            len(long) > len(short)
            and short not in long.split()
            and not (_MARK.search(text, start, end) and _BOUNDARY.search(text, start, end))
        ):
            return start, end
    return None


def _spellings(letters: list[str], short: str) -> Iterator[list[str]]:
    """The letters that have to be found; then, for initials only, fewer of them."""
    yield letters
    if len(letters) > 2:
        if letters[-1] == "s" and short.islower():
            yield letters[:-1]
        without = [letter for letter in letters if not letter.isdigit()]
        if max(2, len(letters) - 2) <= len(without) < len(letters):
            yield without


def _letters(short: str) -> list[str]:
    """What has to be found, a Greek letter's name as the letter, a plural's s left out."""
    if len(short) > 4:
        short = _GREEK_NAME.sub(lambda name: _GREEK[name[0].lower()], short)
    letters = [character.lower() for character in short if character.isalnum()]
    if len(letters) > 2 and short[-1] == "s" and not short[-2].islower():
        letters.pop()
    return letters


def _by_initials(letters: list[str], text: str, floor: int, end: int, *, small: bool) -> int | None:
    """Where the last words begin whose initials are the letters; function words may be passed."""
    last = max(floor, text.rfind(" ", floor, end) + 1)
    if not text[last:end].isalnum():
        last = end
        while last > floor and text[last - 1].isalnum():
            last -= 1
    word = text[last:end].lower()
    if len(letters) > 2 and small and word.startswith("".join(letters)):  # "apolipoprotein (apo)"
        return last
    if not word or not _opens(word, letters[-1]):
        return None
    if len(letters) == 1:
        return last if end - last > 3 else None
    words = list(_WORD.finditer(text, max(floor, end - 14 * len(letters) - 8), end))
    at = len(words) - 1
    for place in range(len(letters) - 1, -1, -1):
        while at >= 0 and not _opens(words[at][0], letters[place]):
            if words[at][0].lower() not in STOPWORDS:
                return None
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = words[at + 1].start()
    # The first of the words may be the rest of one that the window cut.
    return None if start > 0 and text[start - 1].isalnum() else start


def _opens(word: str, letter: str) -> bool:
    first = word[0].lower()
    if first == letter:
        return True
    if letter in _LATIN:
        return first == _LATIN[letter]
    return letter in _NUMBERS and word.lower().startswith(_NUMBERS[letter])


def _by_letters(letters: list[str], text: str, floor: int, end: int) -> int | None:
    """Schwartz and Hearst: the letters from the end, the first at the start of a word."""
    lowered = text[floor:end].lower()
    if len(lowered) != end - floor or len(letters) < 2:  # a few characters grow in small letters
        return None
    at = len(lowered)
    for place in range(len(letters) - 1, -1, -1):
        letter = _LATIN.get(letters[place], letters[place])
        at = lowered.rfind(letter, 0, at)
        while place == 0 and at > 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(letter, 0, at)
        if at < 0:
            return None
    # Section 3.1 of the paper: a long form has at most min(|A| + 5, 2|A|) words.
    most = min(len(letters) + 5, 2 * len(letters))
    if lowered.count(" ", at) >= most or lowered[at:].split(None, 1)[0] in STOPWORDS:
        return None
    return floor + at


def _extended(text: str, start: int, floor: int) -> int:
    """The beginning of the whole word: "8-methoxypsoralen", but no "[odds" or "FEV1/forced"."""
    at = start
    while at > floor and not text[at - 1].isspace():
        at -= 1
    if at == start:
        return start
    cut = _PARTED.match(text, at, start)
    return cut.end() if cut else at
