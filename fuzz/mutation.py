"""Changing a file so that it stays nearly right: broken markup ends at the first byte, a wrong
structure goes to the depth of a parser.

XML and HTML are changed as trees and JSON as values; other text by its lines and words. The same
random numbers give the same file.
"""

import copy
import json
import re
from random import Random
from typing import Any

from lxml import etree

_WORDS = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\u2028",
    "\u0301",
    "e\u0301",
    "\ufeff",
    "\u202e",
    "x" * 300,
    "a b. " * 200,
    "1e999",
    "-1",
    "0",
    "99999999999999999999",
    "²",
    "٣",
    "2021-02-30",
    "20211301",
    "NCT00000000",
    "10.1/x",
    "|",
    " | ",
    "<b>x</b>",
    "&amp;nbsp;",
    "# ",
    "- ",
    "```",
    "\n",
    "\t",
    "\r\n\r\n",
)
_VALUES: tuple[Any, ...] = (None, True, 0, -1, 1e400, 2**70, "", [], {}, [[]], [None], {"": None})
_TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
_JSON = ("ctgov", "openfda", "fhir", "beir")
_XML = ("pubmed", "jats", "spl")


def mutated(format: str, content: bytes, random: Random) -> bytes:
    """The content with one to four changes."""
    if random.random() < 0.15:
        return _bytes(content, random)
    try:
        if format in _JSON:
            return _json(content, random)
        if format in _XML:
            return _markup(etree.fromstring(content, etree.XMLParser(recover=True)), random)
        if format == "html" and random.random() < 0.7:
            root = etree.fromstring(content, etree.HTMLParser())
            return _markup(root, random, "html")
    except (ValueError, RecursionError, etree.LxmlError, AttributeError, TypeError):
        return _tokens(content, random)
    return _tokens(content, random)


def _bytes(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(changed) + 1)
        match random.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del changed[at:]
            case 2:
                changed[at : at + random.randint(1, 40)] = b""
            case _:
                changed[at:at] = random.choice((b"\xff\xfe", b"\x00", b"\xed\xa0\x80", b"\x1f\x8b"))
    return bytes(changed)


def _tokens(content: bytes, random: Random) -> bytes:
    tokens = _TOKEN.findall(content) or [b""]
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(tokens))
        match random.randrange(6):
            case 0:
                del tokens[at : at + random.randint(1, 5)]
                tokens = tokens or [b""]
            case 1:
                tokens[at] = _word(random)
            case 2:
                tokens[at] = random.choice(tokens)
            case 3:
                end = at + random.randint(1, 12)
                tokens[at:at] = tokens[at:end] * random.randint(1, 20)
            case 4:
                other = random.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case _:
                tokens.insert(at, _word(random))
    return b"".join(tokens)


def _word(random: Random) -> bytes:
    return random.choice(_WORDS).encode("utf-8", "surrogatepass")


def _json(content: bytes, random: Random) -> bytes:
    text = content.decode()
    lines = text.splitlines() or [""]
    each = not (text.startswith("{") and lines[-1:] == [text.strip()]) and lines[0].endswith("}")
    values = [json.loads(line) for line in lines] if each else [json.loads(text)]
    for _ in range(random.randint(1, 4)):
        _change(random.choice(values), random)
    return "\n".join(json.dumps(value) for value in values).encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for key in keys:
            found.append((value, key))
            found += _places(value[key])
    return found


def _change(value: Any, random: Random) -> None:
    places = _places(value)
    if not places:
        return
    holder, key = random.choice(places)
    match random.randrange(7):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(random.choice(_VALUES))
        case 2:
            holder[key] = random.choice(_WORDS)
        case 3:
            other, place = random.choice(places)
            holder[key] = copy.deepcopy(other[place])
        case 4:
            holder[key] = [copy.deepcopy(holder[key]) for _ in range(random.randint(1, 30))]
        case 5:
            for _ in range(random.choice((1, 2, 30, 300))):
                holder[key] = {"a": holder[key]} if random.random() < 0.1 else [holder[key]]
        case _ if isinstance(holder, dict):
            holder[random.choice(_WORDS)] = holder.pop(key)


def _markup(root: Any, random: Random, method: str = "xml") -> bytes:
    for _ in range(random.randint(1, 4)):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        element, other = random.choice(elements), random.choice(elements)
        random.choice(_CHANGES)(element, other, random)
    written: bytes = etree.tostring(root, method=method)
    return written


def _dropped(element: Any, other: Any, random: Random) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _renamed(element: Any, other: Any, random: Random) -> None:
    element.tag = other.tag


def _attribute(element: Any, other: Any, random: Random) -> None:
    names = [*element.attrib, *other.attrib]
    if names:
        element.attrib[random.choice(names)] = _said(random)


def _bared(element: Any, other: Any, random: Random) -> None:
    if element.attrib:
        element.attrib.pop(random.choice(list(element.attrib)))


def _repeated(element: Any, other: Any, random: Random) -> None:
    for _ in range(random.choice((1, 2, 8))):
        if len(etree.tostring(element)) + len(etree.tostring(other)) < 8_000:
            other.append(copy.deepcopy(element))


def _wrapped(element: Any, other: Any, random: Random) -> None:
    for _ in range(random.choice((1, 3, 100))):
        if (parent := element.getparent()) is not None:
            around = etree.Element(other.tag)
            parent.replace(element, around)
            around.append(element)
            other = parent


def _told(element: Any, other: Any, random: Random) -> None:
    element.text = _said(random)


def _followed(element: Any, other: Any, random: Random) -> None:
    if element.getparent() is not None:
        element.tail = _said(random)


_CHANGES = (_dropped, _renamed, _attribute, _bared, _repeated, _wrapped, _told, _followed)


def _said(random: Random) -> str:
    """XML cannot hold every character."""
    while True:
        word = random.choice(_WORDS)
        if "\x00" not in word and "\ud800" not in word:
            return word
