"""End points that a verb tells: "12 patients were treated", "X was more common in", "developed X".

Such a verb stands between a group's value and the next group, where no list of names looks.
"""

import re
from functools import cache
from typing import Final

from probatum.extract.phrases import data
from probatum.extract.prose.phrases import Chosen, noun
from probatum.extract.prose.text import Prose
from probatum.extract.prose.words import word_set

_WORD: Final = r"[A-Za-z0-9][\w/'+-]{0,40}"
_NOUNS: Final = rf"(?P<np>{_WORD}(?:\s{_WORD}){{0,6}}?)"
_COMMON: Final = re.compile(
    r"(?P<np>(?:[\w'/+-]{1,40}\s){1,5})(?:was|were|is|are|occurred)\s"
    r"(?:(?:significantly|also|much|slightly|statistically)\s){0,2}(?:more|less)\s"
    r"(?:common(?:ly)?|frequent(?:ly)?|prevalent|often)\s"
    r"(?:(?:found|seen|observed|reported)\s)?(?:in|among|with|for|on)\b"
)
_STOP: Final = word_set("phrase_end") - {"of", "more"}
_DONE: Final = re.compile(
    r"(?P<who>(?:patients|participants|women|men|children|people|individuals|subjects))?"
    rf"(?:\swith\s{_NOUNS})?\s(?:had\sbeen|was|were)\s(?P<done>[a-z]+ed)\b"
)
_HAD: Final = re.compile(
    # not "patients who had X", which says who they are
    r"(?<!who )(?<!that )(?<!whom )(?<!also )\b(?:developed|experienced|reported|achieved|undergone"
    r"|had(?!\s(?:experienced|developed|reported|achieved|undergone|been|occurred|died|relapsed)\b)"
    r"|underwent|required|suffered)\s"
    rf"(?:an?\s|the\s|at\sleast\sone\s)?{_NOUNS}(?=\s?[,;:.()]|\s(?:compared|versus|vs|and|while"
    r"|whereas|than|in|at|by|during|after|with|within)\b|$)"
)


_FOUND_IN: Final = re.compile(
    r"\b(?:identified|found|detected|observed|reported|showed|revealed)\s"
    rf"{_NOUNS}\sin\s$"
)


# "27 progressions in X and 106 in Y", "12 (3.4%) relapses were seen in X": what is counted
_COUNTED: Final = re.compile(
    r"\d[\d,]*(?:\s?[(\[][^()\[\]]{0,30}[)\]])?\s(?!euros?\b|dollars?\b|USD\b|mm\s?Hg\b)(?P<np>[A-Za-z][\w-]{2,}(?:\s[A-Za-z][\w-]*){0,3}?)\s"
    r"(?:(?:were|was)\s(?:observed|seen|found|reported|noted|recorded)\s)?(?:in|among)\s"
)


@cache
def _deeds() -> dict[str, str]:
    """What is counted when people are counted to whom something was done."""
    return dict(data("endpoints")["deeds"])


def more_common(prose: Prose, clause: int, start: int) -> Chosen | None:
    """ "X were more common in A (OR, 1.5": X, although A may be an outcome elsewhere."""
    found = _COMMON.search(prose.plain[clause:start])
    if found is None:
        return None
    kept: list[str] = []
    for word in reversed(found["np"].split()):
        if word.lower() in _STOP:
            break
        kept.insert(0, word)
    words = " ".join(kept)
    name = noun(prose, words)
    if name is None:
        return None
    end = clause + found.end("np") - 1
    return Chosen(name.removesuffix(" incidence"), False, False, end - len(words), end)


# "... in the X group had nausea", "... in the Y arm relapsed"
_BEHIND: Final = re.compile(
    r"[^;]{0,120}?\s(?:(?:had|developed|experienced|reported|achieved|required|underwent"
    r"|suffered)\s(?:an?\s|the\s|at\sleast\sone\s)?"
    rf"{_NOUNS}(?=\s?[,;:.()]|\s(?:at|by|during|after|within|in)\b|$)"
    r"|(?:were\s)?(?P<done>relapsed|died|recurred|responded|cured|recovered|discontinued|withdrew))\b"
)


def outcome_behind(prose: Prose, last: int, closes: int) -> Chosen | None:
    """What happened to groups, told behind the values of all; `last` is where the last begins."""
    found = _BEHIND.match(prose.plain, last, min(closes, last + 200))
    if found is None:
        return None
    if found["done"]:
        deed = _deeds().get(found["done"])
        place = found.start("done")
        return Chosen(deed, None, False, place, found.end("done")) if deed else None
    name = noun(prose, found["np"])
    place = found.start("np")
    return Chosen(name, None, False, place, found.end("np")) if name is not None else None


def outcome_of_group(prose: Prose, at: tuple[int, int, int, int]) -> Chosen | None:
    """What happened to the first group, told between its value and the next group's."""
    clause, start, last, _ = at
    found = _FOUND_IN.search(prose.plain[clause:start])
    name = noun(prose, found["np"]) if found is not None else None
    if found is not None and name is not None:
        place = clause + found.start("np")
        return Chosen(name.removesuffix(" incidence"), None, False, place, place + len(found["np"]))
    words = prose.plain[start:last]
    if not 0 < len(words) < 200:
        return None
    counted = _COUNTED.match(words)
    name = noun(prose, counted["np"]) if counted is not None else None
    if counted is not None and name is not None:
        place = start + counted.start("np")
        return Chosen(
            name.removesuffix(" incidence"), None, False, place, place + len(counted["np"])
        )
    done = _DONE.search(words)
    if done is not None and done["done"] in _deeds():
        deed = _deeds()[done["done"]]
        if done["np"]:
            name = noun(prose, done["np"])
            if name is not None:
                name = f"{name.removesuffix(' incidence')} {deed}"
                return Chosen(name, None, False, start + done.start("np"), start + done.end())
        place = start + done.start("done")
        return Chosen(deed, None, False, place, start + done.end())
    had = _HAD.search(words)
    if had is None:
        return None
    name = noun(prose, had["np"])
    if name is None:
        return None
    place = start + had.start("np")
    return Chosen(name, None, False, place, place + len(had["np"]))
