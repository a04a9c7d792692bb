"""The words of the templates: those that are marked, and visible text that nobody marked.

Django's own makemessages needs GNU xgettext; Django's parser is enough to find the tags.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template import Engine, Template
from django.template.base import Lexer, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from probatum.render.html import PAGE_KEPT
from scripts.translation.word import PACKAGE, Word, name_of

FOLDERS = (PACKAGE / "site" / "templates", PACKAGE / "render" / "pages")
# Attributes that a person reads or hears.
_SPOKEN = {"alt", "aria-label", "data-column", "placeholder", "title", "label"}
# What is not put into another language: names, keys, and what is typed.
_NAMES = {"BibTeX", "CSL", "JSON", "Probatum", "RIS"}
_SILENT = {"style", "script", "kbd", "code", "svg"}
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"/\S+")
# Stands where the page puts a value; no letter.
_VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"


def paths() -> list[Path]:
    """Every template, those of the site first."""
    return [path for folder in FOLDERS for path in sorted(folder.glob("*.html"))]


def marked() -> Iterator[Word]:
    """The words of every `translate` and `blocktranslate` with fixed text."""
    engine = Engine(dirs=FOLDERS, builtins=["django.templatetags.i18n", PAGE_KEPT])
    for path in paths():
        template = Template(path.read_text("utf-8"), engine=engine)
        nodes = template.nodelist
        for node in nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
            where = name_of(path)
            if isinstance(node, BlockTranslateNode):
                text, _ = node.render_token_list(node.singular)
                plural = node.render_token_list(node.plural)[0] if node.plural else None
                yield Word(text, where, plural, _context(node))
            elif (literal := node.filter_expression.var.literal) is not None:
                yield Word(str(literal), where, context=_context(node))


def _context(node: TranslateNode | BlockTranslateNode) -> str | None:
    """The fixed context of a tag, which tells apart the meanings of a word."""
    given = node.message_context
    return None if given is None else str(given.var)


class _Seen(HTMLParser):
    """What a person would see or hear of a page's own text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._inside.append(tag)
        self.found += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def unmarked(source: str) -> list[str]:
    """Visible words of a template that no tag marks."""
    kept: list[str] = []
    inside = False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name in ("blocktranslate", "comment") or (
                inside and not name.startswith("end")
            )
        elif not inside:
            kept.append(token.contents if token.token_type is TokenType.TEXT else _VALUE)
    seen = _Seen()
    seen.feed("".join(kept))
    seen.close()
    return [
        text.strip()
        for text in seen.found
        if any(word not in _NAMES for word in _LETTERS.findall(_ADDRESS.sub("", text)))
    ]
