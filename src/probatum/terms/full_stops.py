"""Whether a full stop ends a sentence or only an abbreviation, a number, an initial or an address.

Many full stops in a paper end nothing ("vs.", "E. coli", "p.o.", "J. M. Smith", "no. 5"), and some
sentences begin with a small letter ("p53 is", "mTOR"). The word before and the word after decide;
the lists of words are data, the shapes are here. Every look is into a bounded window.
"""

import re
from importlib.resources import files
from typing import Final

from probatum.terms.words import STOPWORDS


def _word_lists() -> dict[str, frozenset[str]]:
    """The parts of the data file; a word in small letters stands for its capitalised form too."""
    lists: dict[str, set[str]] = {}
    part = ""
    text = files("probatum.terms").joinpath("data/full_stops.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            part = line.strip("[]")
            lists[part] = set()
        elif not line.startswith("#"):
            for word in line.split():
                lists[part] |= {word, word[0].upper() + word[1:] if len(word) > 1 else word}
    return {part: frozenset(words) for part, words in lists.items()}


_LISTS: Final = _word_lists()
_NEVER: Final = _LISTS["never"]
_NUMBER: Final = _LISTS["number"]
_NAME: Final = _LISTS["name"]
_STARTERS: Final = _LISTS["starters"]
_DESIGNATORS: Final = _LISTS["designators"]
_LISTED: Final = _NEVER | _NUMBER | _NAME
_INTRODUCERS: Final = STOPWORDS | _LISTS["introducers"]

# Longer than any word that is judged by its letters; two of them hold the words before it.
_WINDOW: Final = 48
# The end of a word that counts, without what opens before it: "(e.g", "i.v./i.p", "P<", "95%C.I".
_CORE: Final = re.compile(r"""(?:.*(?:\./|[(\[{"“‘±=<>\s]|%(?=[^\W\d_])))?['–—-]*(.*)""", re.DOTALL)
_NEXT: Final = re.compile(r"[^\s,;:()\[\]]*")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+-?[^\W\d_]{1,3}")
_MARKED_BY: Final = re.compile(r"[A-Za-z]{0,4}[_-]?\d|[IVX]+\b|[B-HJ-Z]\b")
# A label of a structured abstract: "MAIN RESULTS: ".
_LABEL: Final = re.compile(r"[A-Z][A-Z &/-]{3,40}:")
_ADDRESS: Final = re.compile(r"[@/]|[A-Za-z]\.[A-Za-z]")
# What may open a sentence in small letters: "mTOR", "p53", "c-Myc", "α-catenin", an address.
_SMALL: Final = re.compile(r"https?:|[a-z]+\.gov|[α-ω]|[a-z]+[A-Z\dα-ωΑ-Ω]|[a-z]-[A-Za-z]")
_ENUMERATOR: Final = re.compile(r"\((?:[a-z*†‡]|[ivx]{1,4})(?:\)|[-–,] ?[a-z]\))\s")
_ITEM_MARK: Final = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[IVXivx]{1,4})\)?")
_OPENING: Final = frozenset("([{\"'“‘«")
_CLOSING: Final = frozenset(")]}")
# Signs that may open a sentence or an item.
_SIGNS: Final = frozenset("-–—•*†‡§¶#~≈≥≤■●▪‣$£€¿¡©")
# "in arms A and B."
_BETWEEN: Final = frozenset(("and", "or", "to", "than", "vs", "versus"))
_DOMAINS: Final = frozenset(("gov", "org", "com", "net", "edu", "int", "eu", "au", "uk", "html"))


def ends_sentence(text: str, start: int, at: int, end: int, following: int) -> bool:
    """Whether the marks ``text[at:end]`` end the sentence that began at ``start``.

    ``following`` is where the next word begins: behind the white space, or ``end`` itself where
    there is none.
    """
    # A space may have been set before the mark: "DLBP vs . LDH".
    last = at - (at > start and text[at - 1] == " ")
    word = text[max(start, last - _WINDOW) : last].rpartition(" ")[2]
    first = text[following]
    if following == end:
        return text[end - 1] in "。！？" or _space_was_lost(word, text, following)
    capital = first.isupper()
    if capital and len(word) > 3 and word.isalpha() and word not in _LISTED:
        return True
    found = _CORE.fullmatch(word)
    core = found[1] if found and text[at] not in "!?" else ""
    if capital:
        return _before_capital(core, text, start, at, following)
    if core in _LISTED or _DOTTED.fullmatch(core):
        return False
    if first in _OPENING:
        return _before_opening(core, text, following)
    if first.isdigit():
        return _before_digit(core, text, start, at)
    if first.islower():
        return _before_small(core, text, at, following)
    return first.isalpha() or (first in _SIGNS and len(core) > 1)


def _next_word(text: str, following: int) -> str:
    found = _NEXT.match(text, following)
    return found[0] if found else ""


def _words_before(core: str, text: str, start: int, at: int) -> list[str]:
    """The words before the one that ends at ``at``, as far as the window holds them."""
    window = text[max(start, at - 2 * _WINDOW) : at].rstrip()
    return window[: len(window) - len(core)].rstrip("([").split()


def _before_capital(core: str, text: str, start: int, at: int, following: int) -> bool:
    if core in _NEVER:
        return False
    if _LABEL.match(text, following):
        return True
    if core in _NUMBER:
        return _MARKED_BY.match(text, following) is None
    word = _next_word(text, following)
    closed = text[at + 1] in _CLOSING
    if core in _NAME:
        return word in _STARTERS and not closed
    if len(core) == 1 and core.isalpha():
        return not closed and _after_letter(core, word, text, start, at)
    if _DOTTED.fullmatch(core):
        return not closed and (word in _STARTERS or (core[0].islower() and word[1:].islower()))
    return not _marks_item(core, text, start, at)


def _after_letter(core: str, word: str, text: str, start: int, at: int) -> bool:
    """Initials and genera end no sentence ("J. M. Smith"); a designation may ("vitamin C. We")."""
    words = _words_before(core, text, start, at)
    if not words or words[-1][-1] in ":;" or text[at - 2] in "([":
        return False
    if word in _STARTERS:
        return True
    if len(word) == 2 and word[1] == ".":
        return False
    before = words[-1]
    if before[-1].isdigit() or before[-1] in "°μµ" or before.lower() in _DESIGNATORS:
        return True
    if before in _BETWEEN and len(words) > 1 and len(words[-2]) == 1 and words[-2].isupper():
        return True
    return len(before) > 2 and before.islower() and before.isalpha() and before not in _INTRODUCERS


def _marks_item(core: str, text: str, start: int, at: int) -> bool:
    """Whether it numbers what follows, at the start or behind a colon or semicolon."""
    if len(core) > 4 or not _ITEM_MARK.fullmatch(core):
        return False
    words = _words_before(core, text, start, at)
    if not words:
        return True
    # A closing bracket may close more than the number: "(group A: 12, group B: 14)."
    window = text[max(start, at - 2 * _WINDOW) : at]
    return words[-1][-1] in ":;" and (core[-1] != ")" or window.count("(") != window.count(")"))


def _before_opening(core: str, text: str, following: int) -> bool:
    """A bracket or quote opens a sentence when it holds a capital or counts: "(b) Survival"."""
    if len(core) == 1 and core.isalpha():
        return False
    inner = text[following + 1 : following + 2]
    if text[following] == "[":  # "[table: see text]", but "[12]" belongs to what it follows
        return inner.isalpha()
    return inner.isupper() or inner.isdigit() or _ENUMERATOR.match(text, following) is not None


def _before_digit(core: str, text: str, start: int, at: int) -> bool:
    # A space may have slipped into a decimal: "P<0. 01", "(26. 1% v 40%".
    if core in ("", "0") or (core.isdigit() and text[max(start, at - len(core) - 1)] in "([=<>±"):
        return False
    if len(core) == 1 and core.isalpha():
        return _after_letter(core, "", text, start, at)
    return not _marks_item(core, text, start, at)


def _before_small(core: str, text: str, at: int, following: int) -> bool:
    """A small letter opens a sentence in a name of its kind, or behind an undoubted word."""
    if len(core) < 2 or text[at + 1] in _CLOSING or core.isdigit():
        return False
    word = _next_word(text, following)
    if word in _DOMAINS:
        return False
    if _SMALL.match(word):
        return True
    return core[-1] in ")]%" or (len(core) > 4 and core.islower() and core.isalpha())


def _space_was_lost(word: str, text: str, following: int) -> bool:
    """ "was longer.The patients": a whole word before, a capital behind, nothing of an address."""
    found = _CORE.fullmatch(word)
    core = found[1] if found else ""
    after = _next_word(text, following)
    if core in _LISTED or len(core) < 2 or _ADDRESS.search(word):
        return False
    if core[-1] in ")]%" or after in _STARTERS:
        return len(after) > 1
    return len(core) > 2 and core.islower() and core.isalpha() and len(after) > 2
