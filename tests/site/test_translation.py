"""The catalogues are complete, and the templates hold no words that nobody can translate."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from probatum.render.language import FOLDER, languages
from scripts.translation import catalogue, modules, templates
from scripts.translation.word import Word

LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def test_there_is_a_second_language() -> None:
    assert languages() == ("en", *LANGUAGES)
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("_django")
def test_a_catalogue_is_complete_compiled_and_keeps_places_for_values(language: str) -> None:
    assert list(catalogue.problems(language)) == []


@pytest.mark.parametrize("path", templates.paths(), ids=lambda path: path.name)
def test_a_template_has_no_visible_words_that_are_not_marked(path: Path) -> None:
    assert templates.unmarked(path.read_text("utf-8")) == []


def test_a_refusal_keeps_its_values_apart_from_its_words() -> None:
    assert list(modules.untold()) == []


def test_a_word_of_a_template_keeps_what_tells_its_meanings_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "FOLDERS", (tmp_path,))
    monkeypatch.setattr(templates, "name_of", lambda path: path.name)
    source = '{% translate "May" context "a key" %}{% blocktranslate %}May{% endblocktranslate %}'
    (tmp_path / "a.html").write_text(source, "utf-8")
    assert list(templates.marked()) == [
        Word("May", "a.html", context="a key"),
        Word("May", "a.html"),
    ]


def test_words_are_found_where_nobody_marked_them() -> None:
    source = (
        '<p>Plain <b>{{ value }}</b></p><input placeholder="a hint" value="not seen">'
        '{% if true %}{% translate "Marked" %}{% endif %}<kbd>Esc</kbd> Probatum'
        "{% blocktranslate %}Marked {{ value }} too{% endblocktranslate %}"
    )
    assert templates.unmarked(source) == ["Plain", "a hint"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """A catalogue of two entries, written and compiled, that all the tests below spoil."""
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    entries = [Word("Ask", "a.html"), Word("%(number)s day", "a.html", "%(number)s days")]
    monkeypatch.setattr(catalogue, "words", lambda: entries)
    made = catalogue.updated("de")
    made["Ask"].string = "Fragen"
    made["%(number)s day"].string = ("%(number)s Tag", "%(number)s Tage")
    catalogue.write("de", made)
    assert list(catalogue.problems("de")) == []
    return made


def test_a_word_without_a_translation_is_told(small: Catalog) -> None:
    small["Ask"].string = ""
    catalogue.write("de", small)
    assert list(catalogue.problems("de")) == ["a.html: 'Ask' is not translated."]


def test_a_guessed_translation_is_told(small: Catalog) -> None:
    small["Ask"].flags.add("fuzzy")
    catalogue.write("de", small)
    assert list(catalogue.problems("de")) == ["a.html: 'Ask' is not translated."]


def test_a_place_for_a_value_that_was_lost_is_told(small: Catalog) -> None:
    small["%(number)s day"].string = ("%(number)s Tag", "%(nummer)s Tage")
    catalogue.write("de", small)
    assert list(catalogue.problems("de")) == [
        "'%(number)s day': the places for values or the tags differ in '%(nummer)s Tage'."
    ]


def test_a_compiled_catalogue_that_is_older_than_the_written_one_is_told(small: Catalog) -> None:
    path = catalogue.po_path("de").with_suffix(".mo")
    before = path.read_bytes()
    small["Ask"].string = "Stellen"
    catalogue.write("de", small)
    path.write_bytes(before)
    assert list(catalogue.problems("de")) == [
        "django.mo of de is older than its .po file; run `make messages`."
    ]


def test_words_new_in_the_code_and_gone_from_it_are_told(
    small: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Word("%(number)s day", "a.html", "%(number)s days")
    monkeypatch.setattr(catalogue, "words", lambda: [Word("Find", "b.html"), day])
    assert list(catalogue.problems("de")) == [
        "b.html: 'Find' is not in the catalogue; run `make messages`.",
        "'Ask' is in the catalogue and nowhere in the code; run `make messages`.",
    ]
