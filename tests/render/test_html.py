"""The saved page: whole, scriptless, and safe whatever the texts hold."""

import re
from html.parser import HTMLParser

from django.template import Context
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.render.characters import plain
from probatum.render.html import standalone, template_engine
from tests.render import samples
from tests.render.changed import with_texts


class Reader(HTMLParser):
    """Tags and texts as a browser would find them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_every_claim_is_on_the_page_and_behind_it_its_record_and_checks() -> None:
    answer = samples.full()
    page = read(standalone(answer, samples))  # type: ignore[arg-type]
    text = " ".join(" ".join(page.texts).split())
    assert [each.id for each in answer.claims.values() if each.text not in text] == []
    details = {check.detail for each in answer.claims.values() for check in each.checks}
    assert sorted(each for each in details if each not in text) == []
    held = " ".join("".join(page.texts).split())
    missing = [key for key, each in samples.STATEMENTS.items() if each not in held]
    assert missing == []


def test_every_citation_opens_a_card_that_exists_and_every_card_is_opened() -> None:
    page = read(standalone(samples.full(), samples))  # type: ignore[arg-type]
    cards = {values["id"] for tag, values in page.tags if tag == "div" and "popover" in values}
    opened = {
        values["popovertarget"]
        for tag, values in page.tags
        if tag == "button" and values.get("class") == "cite"
    }
    assert len(cards) == 12
    assert opened == cards


def test_ids_are_unique_and_every_inner_link_finds_its_place() -> None:
    page = read(standalone(samples.full(), samples))  # type: ignore[arg-type]
    ids = [values["id"] for _, values in page.tags if "id" in values]
    assert len(ids) == len(set(ids))
    targets = {
        (values.get("href") or "")[1:]
        for tag, values in page.tags
        if tag == "a" and (values.get("href") or "").startswith("#")
    }
    assert targets - set(ids) == set()


@given(text=st.text(min_size=1, max_size=80).filter(lambda each: bool(plain(each))))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_markup(text: str) -> None:
    plain_page = read(standalone(with_texts("c", "d", "t"), samples))  # type: ignore[arg-type]
    page = read(standalone(with_texts(text, text, text), samples))  # type: ignore[arg-type]
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain_page.tags]


def test_a_script_in_every_text_stays_text() -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    page = read(standalone(with_texts(hostile, hostile, hostile), samples))  # type: ignore[arg-type]
    assert [tag for tag, _ in page.tags if tag in ("script", "img", "iframe", "object")] == []
    handlers = [name for _, values in page.tags for name in values if name.startswith("on")]
    assert handlers == []


def test_the_saved_page_fetches_nothing() -> None:
    page = standalone(samples.full(), samples)  # type: ignore[arg-type]
    assert re.findall(r"<(?:link|script|img|iframe)\b", page) == []
    assert re.findall(r"url\(|@import", page) == []
    assert ' style="' not in page


def test_what_a_statement_no_longer_holds_is_shown_as_the_quote_alone() -> None:
    class Other:
        def statement(self, record_id: str) -> str | None:
            return f"Quite another text of {record_id}."

        def name(self, term_id: str) -> str:
            return term_id

    page = standalone(samples.full(), Other())
    assert "Quite another text" not in page
    assert "examplimab approved (2032-11)" in page


def test_a_kept_piece_is_made_once_for_the_same_values_and_anew_for_others() -> None:
    made: list[str] = []

    class Told:
        def __str__(self) -> str:
            made.append("made")
            return "<b>"

    template = template_engine().from_string(
        "{% for each in some %}{% kept each %}{{ each }}{{ told }};{% endkept %}{% endfor %}"
    )
    page = template.render(Context({"some": ("a&", "b", "a&"), "told": Told()}))
    assert (page, len(made)) == ("a&amp;&lt;b&gt;;b&lt;b&gt;;a&amp;&lt;b&gt;;", 2)
