"""The words that Python code marks: arguments of the functions that translate, and their tables."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.translation.word import PACKAGE, Word, name_of

FOLDERS = (PACKAGE / "render", PACKAGE / "site")
# The board's refusals are written below the rooms that translate, and told on the site's pages.
_REFUSING = PACKAGE / "review"
_REFUSALS = {"EditError", "MoveError", "WordingError"}
_ONE = {"_", "told", "noop", "gettext", *_REFUSALS}
_BY_NUMBER = {"told_of", "told_by"}
# Tables and some headings are written where they are made, below the rooms that translate.
_BELOW = PACKAGE / "answers"


def marked() -> Iterator[Word]:
    """The words of every module that makes what people read."""
    for folder in (*FOLDERS, _REFUSING):
        for path in sorted(folder.rglob("*.py")):
            yield from _of(path)
    for path in sorted(_BELOW.rglob("*.py")):
        yield from _columns(path)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _of(path: Path) -> Iterator[Word]:
    where = name_of(path)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name, texts = node.func.id, [_text(each) for each in node.args]
        if name in _ONE and texts and texts[0]:
            yield Word(texts[0], where)
        elif name in _BY_NUMBER and len(texts) == 3 and texts[1] and texts[2]:
            yield Word(texts[1], where, texts[2])
        elif name == "told_in" and len(texts) == 2 and texts[0] and texts[1]:
            yield Word(texts[1], where, context=texts[0])
        elif name == "Told" and node.args and isinstance(node.args[0], ast.Dict):
            for value in node.args[0].values:
                if text := _text(value):
                    yield Word(text, where)


def _columns(path: Path) -> Iterator[Word]:
    where = name_of(path)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        given: ast.expr | None = None
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PlanSection":
            yield from (Word(text, where) for each in node.args[1:2] if (text := _text(each)))
        if isinstance(node, ast.keyword) and node.arg in ("columns", "forest_sides"):
            given = node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            given = node.value if name.endswith("_COLUMNS") else None
            if name == "TITLE" and (text := _text(node.value)):
                yield Word(text, where)
        if isinstance(given, ast.Tuple):
            yield from (Word(text, where) for each in given.elts if (text := _text(each)))
