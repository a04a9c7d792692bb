"""Search of held texts, the pages of these texts, and an engine that notices what was added."""

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from probatum.engine import Engine
from probatum.library.intake import add
from probatum.library.writer import Writer
from probatum.site.engine import Current
from probatum.sources.formats import Settings

TITLES = r"<h3><a[^>]*>(.*?)</a></h3>"
MARKS = r"<mark[^>]*>(.*?)</mark>"


def page(client: Any, address: str, status: int = 200, **values: str) -> str:
    response = client.get(address, values)
    assert response.status_code == status
    return str(response.content.decode())


def titles(text: str) -> list[str]:
    return re.findall(TITLES, text)


def source(client: Any, title: str) -> str:
    """The address of a held work's page."""
    found = re.search(rf'<h2><a href="([^"]+)">{title}</a>', page(client, "/sources/"))
    assert found
    return found[1]


# -- the form and what it finds ------------------------------------------------------------------


def test_a_library_without_texts_says_how_to_add_some(client: Any) -> None:
    text = page(client, "/search")
    assert "No texts are held yet" in text
    assert "<code>probatum add FOLDER</code>" in text
    assert "No texts are held yet" in page(client, "/search", q="zorgle")


def test_the_first_page_says_how_much_can_be_searched(reader: Any) -> None:
    assert re.search(r"4 texts with \d+ passages are held\.", page(reader, "/search"))
    assert re.search(r"and 4 texts with \d+ passages, in library", page(reader, "/"))
    assert "Quotes and search" in page(reader, "/about")


def test_a_passage_comes_with_its_work_place_date_currency_licence_and_marked_words(
    reader: Any,
) -> None:
    text = page(reader, "/search", q="brass quennel")
    hit = text[text.index('<li class="hit">') : text.index("</li>", text.index('<li class="hit">'))]
    assert titles(hit) == ["Early notes on zorgle counts"]
    assert re.findall(MARKS, hit) == ["brass", "quennel"]
    assert re.findall(r'<p class="place">(.*?)</p>', hit) == ["Early notes"]
    meta = html.unescape(re.sub("<[^>]+>", " ", hit[hit.index('<p class="meta">') :])).split()
    assert " ".join(meta) == "Other source 2019-05-01 ● Current Licence: CC BY 4.0"


def test_what_a_text_holds_is_never_markup(reader: Any) -> None:
    text = page(reader, "/search", q="fictinumab <script>alert")
    assert "Care of examploma" in titles(text)
    assert "&lt;i&gt;rises &amp; stays" in re.sub("</?mark>", "", text)
    assert "<script>alert" not in text
    text = page(reader, source(reader, "Care of examploma"))
    assert "&lt;i&gt;rises &amp; stays" in text


def test_the_link_leads_to_the_sentence_in_its_text(reader: Any) -> None:
    found = page(reader, "/search", q="brass quennel")
    address = html.unescape(re.findall(r'<h3><a href="([^"]+)"', found)[0])
    assert address.endswith("#quote")
    text = page(reader, address.split("#")[0])
    assert re.findall(r'<mark id="quote">(.*?)</mark>', text) == [
        "The zorgle count was first measured by hand, with a brass quennel."
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            {},
            {"Care of examploma", "Early notes on zorgle counts", "A text that is only linked to"},
        ),
        ({"since": "2030"}, {"Care of examploma", "A text that is only linked to"}),
        ({"until": "2019"}, {"Early notes on zorgle counts"}),
        ({"type": "guideline"}, set()),
        ({"body": "NICE"}, set()),
    ],
    ids=["none", "since", "until", "type", "body"],
)
def test_filters_narrow_what_is_found(
    reader: Any, filters: dict[str, str], expected: set[str]
) -> None:
    assert set(titles(page(reader, "/search", q="zorgle", **filters))) == expected


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"q": "?!"}, "There is no word to search for."),
        ({"q": ""}, "There is no word to search for."),
        (
            {"q": "zorgle", "condition": "quennelitis"},
            "The condition 'quennelitis' is not in the vocabulary; search for it as a word.",
        ),
        ({"q": "zorgle", "since": "20x"}, "A year has four digits, as in 2020."),
        (
            {"q": "zorgle", "since": "2030", "until": "2019"},
            "The first year, 2030, is after the last, 2019.",
        ),
        (
            {"q": "zorgle", "type": "gossip"},
            "The kind of work is none of those that can be chosen.",
        ),
        ({"q": "x" * 1001}, "The search has 1,001 characters; at most 1,000 are read."),
    ],
    ids=["signs", "empty", "condition", "year", "years", "type", "length"],
)
def test_what_is_wrong_with_a_search_is_said_in_one_sentence(
    reader: Any, values: dict[str, str], sentence: str
) -> None:
    text = html.unescape(page(reader, "/search", 400, **values))
    assert re.findall(r'role="alert"><p>(.*?)</p>', text) == [sentence]
    assert values["q"] in text


def test_one_can_leaf_through_all_that_was_found_without_meeting_a_passage_twice(
    reader: Any,
) -> None:
    seen: list[str] = []
    address: str | None = "/search?q=quennels"
    while address:
        text = page(reader, address)
        seen += re.findall(r'<h3><a href="([^"]+)"', text)
        on = re.search(r'<a href="([^"]+)" rel="next"', text)
        address = html.unescape(on[1]) if on else None
    assert len(seen) > 20
    assert len(seen) == len(set(seen))
    assert 'rel="prev"' in text


@pytest.mark.parametrize("start", ["-1", "x", "99999", "9999", "\u0661"])
def test_a_page_that_is_not_there_is_no_fault(reader: Any, start: str) -> None:
    assert "zorgle" in page(reader, "/search", q="zorgle", start=start)


def test_the_words_of_a_text_that_may_only_be_linked_to_are_shown_nowhere(reader: Any) -> None:
    found = page(reader, "/search", q="restricted work")
    assert "A text that is only linked to" in titles(found)
    assert "Its licence allows a link only" in found
    text = page(reader, source(reader, "A text that is only linked to"))
    assert "Its licence allows a link only" in text
    assert "must not be shown" not in re.sub("<[^>]+>", "", found + text)


# -- the sources ---------------------------------------------------------------------------------


def test_texts_are_listed_beside_what_is_curated_and_found_by_words_or_identifier(
    reader: Any,
) -> None:
    heads = r"<h2><a[^>]*>(.*?)</a></h2>"
    every = re.findall(heads, page(reader, "/sources/"))
    assert "Care of examploma" in every
    assert len(every) > 80
    assert re.findall(heads, page(reader, "/sources/", filter="EXAMPLOMA 2033")) == [
        "Care of examploma"
    ]
    assert re.findall(heads, page(reader, "/sources/", filter="10.0000/fiction.77")) == [
        "Care of examploma"
    ]


def test_of_many_texts_the_last_added_are_listed_and_all_counted(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site import held, views

    monkeypatch.setattr(held, "MOST", 2)
    monkeypatch.setattr(views, "MOST", 2)
    text = page(reader, "/sources/", filter="2")
    assert "Of the texts, the 2 added last are listed" in text
    found = re.search(r"(\d+) of (\d+) editions with", text)
    assert found
    assert int(found[1]) == text.count("<h2>") + 2


def test_a_text_is_shown_with_its_description_headings_lists_and_tables(reader: Any) -> None:
    text = page(reader, source(reader, "Care of examploma"))
    assert re.findall(r"<h3[^>]*>(.*?)</h3>", text) == ["Care of examploma", "First steps", "Doses"]
    assert re.findall(r"<li>(.*?)</li>", text[text.index('class="held"') :]) == [
        "a zorgle count above 12",
        "pale quennels in the morning",
    ]
    assert re.findall(r'<td role="cell" data-column="(\w+)">(.*?)</td>', text) == [
        ("Drug", "Examplimab"),
        ("Dose", "350 mg"),
        ("Drug", "Fictinumab"),
        ("Dose", "20 mg"),
    ]
    assert "<dt>Authors</dt><dd>A. Nobody, B. Noone</dd>" in text
    assert "https://doi.org/10.0000/fiction.77" in text
    assert "<dt>Licence</dt><dd>CC BY 4.0</dd>" in text


def test_the_operators_note_on_a_mark_is_shown_as_text_and_only_there(reader: Any) -> None:
    from django.conf import settings

    address = source(reader, "Early notes on zorgle counts")
    assert "<dt>Note</dt>" not in page(reader, address)
    edition = unquote(address.removeprefix("/sources/"))
    with Writer(Path(settings.PROBATUM_LIBRARY)) as writer:
        writer.mark(edition, "superseded", None, "measured <b>by hand</b>\n& wrong")
    try:
        text = page(reader, address)
    finally:
        with Writer(Path(settings.PROBATUM_LIBRARY)) as writer:
            writer.mark(edition, None, None, None)
    assert "<dt>Note</dt><dd>measured &lt;b&gt;by hand&lt;/b&gt; &amp; wrong</dd>" in text
    assert "<dt>Note</dt>" not in page(reader, address)


def test_a_long_text_is_shown_in_pages_that_together_hold_every_passage_once(reader: Any) -> None:
    address: str | None = source(reader, "A long work")
    anchors: list[str] = []
    parts: list[str] = []
    while address:
        text = page(reader, address.split("#")[0])
        anchors += re.findall(r'<section class="passage" id="(p\d+)"', text)
        parts += re.findall(r"<h3[^>]*>Part (\d+)</h3>", text)
        on = re.search(r'<a href="([^"]+)" rel="next"', text)
        address = html.unescape(on[1]) if on else None
    assert len(anchors) > 30
    assert len(anchors) == len(set(anchors))
    assert parts == [str(number) for number in range(1, 51)]


def test_a_quote_is_marked_on_the_page_of_the_text_where_it_stands(reader: Any) -> None:
    found = page(reader, "/search", q='"part 50"')
    address = html.unescape(re.findall(r'<h3><a href="([^"]+)"', found)[0])
    text = page(reader, address.split("#")[0])
    marked = re.findall(MARKS, text)
    assert len(marked) == 1
    assert "of part 50" in marked[0]


@pytest.mark.parametrize(
    "query", ["from=9&to=3", "from=x&to=3", "from=-1&to=3", "from=99999999&to=999999999", "page=0"]
)
def test_a_span_that_is_none_marks_nothing(reader: Any, query: str) -> None:
    text = page(reader, f"{source(reader, 'Care of examploma')}?{query}")
    assert "<mark" not in text
    assert "First steps" in text


def test_an_edition_that_is_not_held_is_not_found(reader: Any) -> None:
    page(reader, "/sources/file:none.md@2020", 404)


# -- news ----------------------------------------------------------------------------------------


class Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def written(folder: Path, name: str, word: str) -> None:
    """Another process adds a text."""
    file = folder / name
    file.write_text(f"# {word}\n\nThe {word} of {name} is blue.\n", encoding="utf-8")
    add(folder / "library", [file], Settings(), workers=0)


def test_what_another_process_adds_and_removes_is_seen_within_seconds(
    client: Any, tmp_path: Path
) -> None:
    from probatum.library.search import Request
    from probatum.library.tantivy_index import TantivyIndex
    from probatum.library.upkeep import drop_removed
    from probatum.library.writer import Writer

    clock = Clock()
    library = tmp_path / "library"
    current = Current(lambda: Engine.open(library), clock)
    first = current.get()
    assert current.get() is first
    written(tmp_path, "one.md", "quennel")
    assert current.get() is first
    clock.now += 3
    second = current.get()
    assert second is not first
    assert second.library_state.snapshot != first.library_state.snapshot
    hits = second.library.search.search(Request("quennel"))
    assert [hit.passage.document.title for hit in hits] == ["quennel"]
    with Writer(library) as writer:
        writer.remove([hits[0].passage.document.id])
        index = TantivyIndex(library, write=True)
        drop_removed(writer, index)
        index.close()
    clock.now += 61
    third = current.get()
    assert third is not second
    assert third.library_state.snapshot == first.library_state.snapshot
    assert third.library.search.search(Request("quennel")) == []


def test_while_texts_keep_coming_the_engine_is_renewed_ever_more_rarely(
    client: Any, tmp_path: Path
) -> None:
    clock = Clock()
    opened: list[Engine] = []

    def open_() -> Engine:
        opened.append(Engine.open(tmp_path / "library"))
        return opened[-1]

    current = Current(open_, clock)
    current.get()
    times = []
    for second in range(30):
        clock.now = float(second)
        if second % 2 == 0:
            written(tmp_path, f"{second}.md", f"word{second}")
        before = len(opened)
        current.get()
        if len(opened) > before:
            times.append(second)
    assert times == [2, 6, 14]


def test_an_engine_that_was_replaced_is_closed_when_nobody_can_use_it_any_more(
    client: Any, tmp_path: Path
) -> None:
    from probatum.library.catalogue import CatalogueError

    clock = Clock()
    written(tmp_path, "one.md", "quennel")
    current = Current(lambda: Engine.open(tmp_path / "library"), clock)
    first = current.get()
    written(tmp_path, "two.md", "zorgle")
    clock.now += 3
    assert current.get() is not first
    assert first.library.documents.editions() == 2
    clock.now += 200
    current.get()
    with pytest.raises(CatalogueError, match="closed database"):
        first.library.documents.editions()


def test_a_library_that_cannot_be_read_for_a_moment_leaves_the_engine_as_it_was(
    client: Any, tmp_path: Path
) -> None:
    clock = Clock()
    written(tmp_path, "one.md", "quennel")
    current = Current(lambda: Engine.open(tmp_path / "library"), clock)
    first = current.get()
    catalogue = tmp_path / "library" / "documents.sqlite"
    moved = catalogue.with_suffix(".moved")
    catalogue.rename(moved)
    catalogue.write_bytes(b"no database" * 1000)
    clock.now += 3
    assert current.get() is first
    catalogue.unlink()
    moved.rename(catalogue)
    written(tmp_path, "two.md", "zorgle")
    clock.now += 3
    assert current.get() is not first


def test_nobody_waits_while_another_request_renews_the_engine(client: Any, tmp_path: Path) -> None:
    import threading

    clock = Clock()
    entered, leave = threading.Event(), threading.Event()
    opened: list[Engine] = []

    def open_() -> Engine:
        if opened:
            entered.set()
            assert leave.wait(20)
        opened.append(Engine.open(tmp_path / "library"))
        return opened[-1]

    current = Current(open_, clock)
    first = current.get()
    written(tmp_path, "one.md", "quennel")
    clock.now += 3
    renewing = threading.Thread(target=current.get)
    renewing.start()
    assert entered.wait(20)
    assert current.get() is first
    leave.set()
    renewing.join(20)
    assert current.get() is opened[1]


def test_a_kept_answer_page_goes_with_the_library_that_gave_it(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from probatum.site import answering, engine

    library = tmp_path / "library"
    clock = Clock()
    current = Current(engine._opened, clock)
    monkeypatch.setattr(settings, "PROBATUM_LIBRARY", str(library))
    monkeypatch.setattr(engine, "current", lambda: current)
    question = {"q": "When should bevacizumab be withheld or stopped?"}
    before = client.get("/ask", question).content.decode()
    assert answering._answer_page.cache_info().currsize == 1
    written(tmp_path, "one.md", "quennel")
    clock.now += 3
    after = client.get("/ask", question).content.decode()
    assert answering._answer_page.cache_info().currsize == 1
    snapshot = current.get().library_state.snapshot
    assert snapshot in after
    assert snapshot not in before
