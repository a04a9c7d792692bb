"""The answer as a page of its own: one file, no script, nothing fetched from anywhere.

It is made of the site's own templates and style sheet, so that a saved answer and the served one
can't drift apart. Django's template engine is imported here only, when a page is asked for.
"""

from functools import cache
from pathlib import Path
from typing import Any

from probatum.evidence.answer import Answer
from probatum.render.arrange import page
from probatum.render.language import ENGLISH, spoken
from probatum.render.names import Words

PAGES = Path(__file__).parent / "pages"
# The tags that translate; Django's own of these names need its settings.
PAGE_WORDS = "probatum.render.page_words"
# The tag that makes a repeated piece once; the site's pages use it as well.
PAGE_KEPT = "probatum.render.page_kept"
# The site's own file, read as text: nothing of the site is imported.
STYLE_SHEET = Path(__file__).parent.parent / "site" / "static" / "probatum.css"


@cache
def template_engine() -> Any:
    from django.template import Engine

    return Engine(dirs=[str(PAGES)], builtins=[PAGE_WORDS, PAGE_KEPT], autoescape=True, debug=False)


def language_marks() -> dict[str, str]:
    """The page's language, and how words in another are marked in it.

    `en` and `ui` are attributes, empty on an English page: the one for claims, quotes, titles and
    questions, the other for words of the interface among them.
    """
    from django.utils.html import format_html

    code = spoken()
    if code == ENGLISH:
        return {"language": code, "en": "", "ui": ""}
    mark = ' lang="{}"'
    return {"language": code, "en": format_html(mark, ENGLISH), "ui": format_html(mark, code)}


def standalone(answer: Answer, words: Words | None = None) -> str:
    """A whole HTML document; citation cards open in it without a script."""
    from django.template import Context
    from django.utils.safestring import mark_safe

    style = STYLE_SHEET.read_text(encoding="utf-8")
    values = {
        **language_marks(),
        "page": page(answer, words),
        # Our own style sheet, from a file that ships with the program.
        "style": mark_safe(style),  # noqa: S308
        "linked": False,
    }
    template = template_engine().get_template("standalone.html")
    return str(template.render(Context(values, use_l10n=False, use_tz=False)))
