"""What a JSON document holds at its top, told from its first bytes, which may end anywhere."""

import re
from typing import Final

_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)|[{}\[\]:,]|[^\s"{}\[\]:,]+', re.DOTALL)


def top_keys(text: str) -> dict[str, str]:
    """The keys of the first object, each with its value's first character ("" if cut off).

    For an array, those of its first object. Empty where there is no object at the start.
    """
    marks = (found.group() for found in _MARK.finditer(text))
    start = next(marks, "")
    if start == "[":
        start = next(marks, "")
    if start != "{":
        return {}
    keys: dict[str, str] = {}
    depth, before, key = 1, "{", ""
    for mark in marks:
        if depth == 1 and before in ("{", ",") and _STRING.fullmatch(mark):
            key = mark[1:-1]
        elif depth == 1 and before == ":" and key:
            keys[key] = mark[0]
            key = ""
        elif depth == 1 and mark == ":" and key:
            keys.setdefault(key, "")
        if mark in ("{", "["):
            depth += 1
        elif mark in ("}", "]"):
            depth -= 1
            if not depth:
                break
        before = mark
    return keys
