"""A language's catalogue: brought up to date with the code, compiled, and what is wrong with it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from probatum.render.language import DOMAIN, ENGLISH, FOLDER
from scripts.translation import data, modules, templates
from scripts.translation.word import Word

_PLACES = re.compile(r"%\(\w+\)s|%%|%[sd]|</?[a-z]+[^>]*>")


def words() -> list[Word]:
    """Every entry that a catalogue must have, each once, in the order of the code."""
    found = (*templates.marked(), *modules.marked(), *data.marked())
    return list({(each.context, each.text): each for each in _merged(found)}.values())


def _merged(found: Iterable[Word]) -> list[Word]:
    """Words with the plural that any place gives them: an entry has one plural or none."""
    plurals = {(each.context, each.text): each.plural for each in found if each.plural}
    return [
        Word(each.text, each.where, plurals.get((each.context, each.text)), each.context)
        for each in found
    ]


def languages() -> list[str]:
    """The languages that have a folder, whether compiled or not."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != ENGLISH)


def po_path(language: str) -> Path:
    """The catalogue that people edit."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue as it is written; an empty one for a language that is new."""
    path = po_path(language)
    if not path.is_file():
        return _begun(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _begun(language: str) -> Catalog:
    """A catalogue with a head and no entries; translators are named by the history, not here."""
    return Catalog(
        locale=language,
        project="Probatum",
        version="1",
        header_comment="# The words of Probatum's interface. See docs/how-to/translate.md.",
        msgid_bugs_address="the project",
        last_translator="the project",
        language_team="the project",
        revision_date=datetime.now(UTC),
        fuzzy=False,
    )


def updated(language: str) -> Catalog:
    """The catalogue with what is new in the code, and without what is gone."""
    template = Catalog()
    for word in words():
        id: str | tuple[str, str] = (word.text, word.plural) if word.plural else word.text
        template.add(id, locations=[(word.where, None)], context=word.context)
    catalogue = read(language)
    catalogue.update(template, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    """Write the catalogue, and compile it beside."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def problems(language: str) -> Iterator[str]:
    """What keeps the catalogue from being complete, in sentences."""
    catalogue = read(language)
    known = {(each.context, _one(each)): each for each in catalogue if each.id}
    wanted = {(word.context, word.text): word for word in words()}
    for key, word in wanted.items():
        entry = known.get(key)
        if entry is None or bool(word.plural) != bool(entry.pluralizable):
            yield f"{word.where}: {word.text!r} is not in the catalogue; run `make messages`."
        elif entry.fuzzy or not all(_strings(entry)):
            yield f"{word.where}: {word.text!r} is not translated."
        else:
            yield from _places(entry)
    for key in known.keys() - wanted.keys():
        yield f"{key[1]!r} is in the catalogue and nowhere in the code; run `make messages`."
    yield from _stale(language, catalogue)


def _one(entry: Message) -> str:
    return entry.id[0] if isinstance(entry.id, tuple) else entry.id


def _strings(entry: Message) -> tuple[str, ...]:
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def _places(entry: Message) -> Iterator[str]:
    """Placeholders and tags must be the same; a form for one may leave the number out."""
    ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
    allowed = [sorted(_PLACES.findall(each)) for each in ids]
    for string in _strings(entry):
        if sorted(_PLACES.findall(string)) not in allowed:
            yield f"{_one(entry)!r}: the places for values or the tags differ in {string!r}."


def _stale(language: str, catalogue: Catalog) -> Iterator[str]:
    """Whether the compiled catalogue says what the written one does."""
    path = po_path(language).with_suffix(".mo")
    if not path.is_file():
        yield f"{path.name} of {language} is missing; run `make messages`."
        return
    with path.open("rb") as file:
        compiled = GNUTranslations(file)
    for entry in catalogue:
        if not entry.id or entry.fuzzy or not all(_strings(entry)):
            continue
        if isinstance(entry.id, tuple):
            # pgettext with numbers is not used.
            said = [compiled.ngettext(*entry.id, number) for number in (1, 2)]
            same = set(said) <= set(_strings(entry))
        elif entry.context:
            same = compiled.pgettext(entry.context, entry.id) == entry.string
        else:
            same = compiled.gettext(entry.id) == entry.string
        if not same:
            yield f"{path.name} of {language} is older than its .po file; run `make messages`."
            return
