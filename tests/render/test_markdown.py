"""Markdown is read here by an independent CommonMark parser, not by looking at the signs."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from probatum.render.characters import plain
from probatum.render.markdown import escaped, markdown
from tests.render import samples
from tests.render.changed import with_texts

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).filter(
    lambda text: bool(plain(text))
)


def parts(text: str) -> list[Token]:
    """All tokens, those inside lines included."""
    tokens = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        tokens.append(token)
        tokens.extend(token.children or ())
    return tokens


def words(text: str) -> str:
    return "".join(each.content for each in parts(text) if each.type in ("text", "text_special"))


@given(text=WORDS)
@settings(max_examples=300, deadline=None)
def test_escaped_text_reads_as_the_text_that_was_written(text: str) -> None:
    assert words(escaped(text)) == plain(text)
    assert {each.type for each in parts(escaped(text))} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }


def test_html_links_and_headings_in_content_stay_text() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:y) # no | no ![i](z) &lt; `c`"
    found = parts(markdown(with_texts(hostile, hostile, hostile)))
    kinds = {each.type for each in found}
    assert kinds & {"html_inline", "html_block", "link_open", "image", "code_inline"} == set()


def test_every_citation_has_its_footnote_and_every_footnote_is_cited() -> None:
    text = markdown(samples.full())
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert defined == [str(number) for number in range(1, 9)]
    assert used == set(defined)


def test_every_claim_is_told_or_tabled() -> None:
    text = words(markdown(samples.full()))
    answer = samples.full()
    tabled = {cell.claim for s in answer.sections if s.table for r in s.table.rows for cell in r}
    told = [each for key, each in answer.claims.items() if key not in tabled | {"c5"}]
    assert [each.id for each in told if each.text not in text] == []


def test_a_refusal_is_a_whole_document() -> None:
    assert markdown(samples.declined()) == (
        "# How is a broken wrist set?\n"
        "\n"
        "**Not answered.** The library holds nothing on wrist fractures; it holds examploma.\n"
        "\n"
        "Not understood in the question: wrist.\n"
        "\n"
        "## Limits of this answer\n"
        "\n"
        "- Nothing on this condition is held.\n"
        "\n"
        "## Related questions\n"
        "\n"
        "- What are the treatment options for recurrent examploma?\n"
        "\n"
        "---\n"
        "\n"
        "Not reviewed by a medical board. As of 2033-02-01. Library 5a4b3c2d1e0f: 9 sources, 11 "
        "records. Answer ffffffffffff.\n"
        "\n"
        "For professionals. It does not replace clinical judgement; check the sources.\n"
    )
