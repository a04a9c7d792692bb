"""The words that Python code marks: arguments of the functions that translate, and their tables."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.translation.word import PACKAGE, Word, name_of

FOLDERS = (PACKAGE / "render", PACKAGE / "site")
# Refusals are written below the rooms that translate, and told on the site's pages.
_REFUSING = tuple(
    PACKAGE / each
    for each in (
        *("review", "questions/text.py", "questions/follow_up.py", "questions/facts/known.py"),
        *("questions/facts/measured.py", "questions/facts/plausible.py"),
        *(
            "questions/facts/sheet.py",
            "engine.py",
            "service/asking.py",
            "service/permits.py",
            "library/search.py",
            "sources/web",
        ),
    )
)
# Names of refusals end so; these have their words in another place than the first.
_REFUSAL = "Error"
_SECOND = {"RefusedError", "Room"}
# Said to who writes a program, a policy or a file and never on a page.
_UNSEEN = {"PolicyError", "ValueError", "ForeignLanguageError"}
_ONE = {"_", "told", "noop", "gettext"}
_BY_NUMBER = {"told_of", "told_by"}
# Tables and some headings are written where they are made, below the rooms that translate.
_BELOW = PACKAGE / "answers"


def marked() -> Iterator[Word]:
    """The words of every module that makes what people read."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            yield from _of(path)
    for path in _below():
        yield from _of(path)
        yield from _refusals(path)
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


def _raised(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The refusals that a module makes, by the names of their classes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        if name not in _UNSEEN and (name.endswith(_REFUSAL) or name in _SECOND):
            yield name, node


def _below() -> Iterator[Path]:
    for place in _REFUSING:
        yield from sorted(place.rglob("*.py")) if place.is_dir() else (place,)


def _refusals(path: Path) -> Iterator[Word]:
    """The sentences of refusals: each has its values apart from its words."""
    for name, node in _raised(path):
        at = 1 if name in _SECOND else 0
        yield from (
            Word(text, name_of(path)) for arg in node.args[at : at + 1] if (text := _text(arg))
        )


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


def untold() -> Iterator[str]:
    """Refusals whose values stand in their words, which nobody can translate: file and line."""
    for path in _below():
        for _, node in _raised(path):
            if any(isinstance(each, ast.JoinedStr) for each in node.args[:2]):
                yield f"{name_of(path)}:{node.lineno}"
