"""A search in words: plain words, "phrases", AND, OR, NOT, -word and brackets.

Nobody gets an error for a search: what is no operator is a word, an unclosed quote or bracket ends
with the line. AND, OR and NOT count in capitals only, since people write "and" in questions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probatum.library.index import Any, Every, Node, Phrase, Without, Words

_TOKEN = re.compile(r'"([^"]*)"?|(\()|(\))|(-)(?=["(\w])|([^\s()"]+)')
# Deeper brackets are somebody's test of our stack.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: the tree, its plain words in order, and whether operators were used."""

    node: Node
    words: str
    plain: bool


def parse(text: str) -> Query | None:
    """The query in a text, or None when it holds no word."""
    tokens = list(_tokens(text))
    parser = _Parser(tokens)
    node = parser.either(0)
    while parser.at < len(tokens):  # an extra closing bracket
        parser.at += 1
        rest = parser.either(0)
        node = _joined(node, rest)
    if node is None:
        return None
    words = " ".join(value for kind, value in tokens if kind in ("word", "phrase"))
    plain = all(kind == "word" for kind, _ in tokens)
    return Query(node, words, plain)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        phrase, opens, closes, minus, word = match.groups()
        if opens:
            yield "(", ""
        elif closes:
            yield ")", ""
        elif minus:
            at = match.start()
            # A hyphen inside a word or between numbers is no operator.
            if at == 0 or text[at - 1] in " (\t":
                yield "NOT", ""
        elif word in ("AND", "OR", "NOT"):
            yield word, ""
        elif word is not None:
            if any(character.isalnum() for character in word):
                yield "word", word
        elif any(character.isalnum() for character in phrase or ""):
            yield "phrase", phrase


class _Parser:
    """Recursive descent: either (OR) of every (AND) of single parts; words side by side are one."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def either(self, depth: int) -> Node | None:
        parts = [self.every(depth)]
        while self.kind() == "OR":
            self.at += 1
            parts.append(self.every(depth))
        found = tuple(part for part in parts if part is not None)
        return Any(found) if len(found) > 1 else (found[0] if found else None)

    def every(self, depth: int) -> Node | None:
        parts = [self.beside(depth)]
        while self.kind() == "AND":
            self.at += 1
            parts.append(self.beside(depth))
        found = tuple(_without(node, unwanted) for node, unwanted in parts if node is not None)
        whole = Every(found) if len(found) > 1 else (found[0] if found else None)
        # "alpha AND NOT beta": a part that only takes away does so from the others.
        return whole and _without(whole, [n for node, out in parts if node is None for n in out])

    def beside(self, depth: int) -> tuple[Node | None, list[Node]]:
        """Parts side by side: what is wanted of them and what is not."""
        node: Node | None = None
        unwanted: list[Node] = []
        while self.kind() in ("word", "phrase", "(", "NOT"):
            if self.kind() == "NOT":
                self.at += 1
                part = self.single(depth)
                unwanted += [part] if part else []
            else:
                node = _joined(node, self.single(depth))
        return node, unwanted

    def single(self, depth: int) -> Node | None:
        kind, value = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "word":
            self.at += 1
            return Words(value)
        if kind == "phrase":
            self.at += 1
            return Phrase(value)
        if kind == "(" and depth < _DEEPEST:
            self.at += 1
            node = self.either(depth + 1)
            if self.kind() == ")":
                self.at += 1
            return node
        self.at += 1
        return None


def _without(node: Node, unwanted: list[Node]) -> Node:
    for part in unwanted:
        node = Without(node, part)
    return node


def _joined(node: Node | None, part: Node | None) -> Node | None:
    """Two parts side by side: words flow together; a phrase or a group beside words must occur."""
    if node is None or part is None:
        return node or part
    if isinstance(node, Words) and isinstance(part, Words):
        return Words(f"{node.text} {part.text}")
    return Every((node, part))
