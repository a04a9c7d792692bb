"""What of a web page is the work, and what is the site around it.

First the parts go that nobody reads or that are the site's: scripts, controls, hidden elements,
navigation. Then the main part is chosen, if the page names one. Each step is undone where it would
take most of the text: better a menu among the passages than a guideline without its text.
"""

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

_UNREAD_WORDS = (
    "script style template noscript svg canvas iframe object embed applet audio video map area "
    "button input select option optgroup textarea datalist output progress meter dialog "
    "colgroup link meta base title head"
)
_UNREAD = frozenset(_UNREAD_WORDS.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SITE = frozenset({"nav", "menu"})
_SITE_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alertdialog",
        "tablist",
    ]
)
_SITE_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookie-(?:banner|consent|notice)|skip-?(?:link|nav|to)?|"
    r"social|share-?(?:bar|links|buttons?)?|site-(?:header|footer|nav)|pagination)(?:$|[\s_-])",
    re.I,
)
# A part taken for the site's may hold this much of the text; the main part must hold that much.
_SITE_SHARE = 0.2
_MAIN_SHARE = 0.5


def main_part(body: HtmlElement) -> HtmlElement:
    """The element that holds the work; what is not to be read has been removed from it."""
    readable(body)
    whole = _length(body)
    _remove(body, lambda each: _is_site(each) and _length(each) <= _SITE_SHARE * whole)
    _remove(body, lambda each: _around(each) and _length(each) <= _SITE_SHARE * whole)
    rest = _length(body)
    part = body
    for name in ("main", "article"):
        found = [each for each in part.iter(name) if each is not part]
        if name == "main":
            found += body.xpath(".//*[@role='main']")
        largest = max(found, key=_length, default=None)
        if largest is not None and _length(largest) >= _MAIN_SHARE * max(rest, 1):
            part = largest
    return part


def readable(root: HtmlElement) -> HtmlElement:
    """The element without what nobody reads: scripts, controls, hidden parts."""
    _remove(root, _never_read)
    return root


def _remove(root: HtmlElement, wanted: Callable[[HtmlElement], bool]) -> None:
    for each in [each for each in root.iter() if isinstance(each.tag, str) and each is not root]:
        if each.getparent() is not None and wanted(each):
            each.drop_tree()


def _never_read(each: HtmlElement) -> bool:
    if each.tag == "button" and _in_sentence(each):
        return False
    if each.tag in _UNREAD:
        return True
    return (
        "hidden" in each.attrib
        or each.get("aria-hidden", "").strip().lower() == "true"
        or _HIDDEN_STYLE.search(each.get("style") or "") is not None
    )


def _in_sentence(each: HtmlElement) -> bool:
    """Whether a control is a word of a sentence, such as a journal's name that opens a menu."""
    return any(map(str.isalpha, each.tail or ""))


def _is_site(each: HtmlElement) -> bool:
    return (
        each.tag in _SITE
        or each.tag == "form"
        or (each.get("role") or "").strip().lower() in _SITE_ROLES
        or _SITE_CLASSES.search(each.get("class") or "") is not None
    )


def _around(each: HtmlElement) -> bool:
    """A header, footer or side piece of the page; one inside an article belongs to the article."""
    if each.tag not in ("header", "footer", "aside"):
        return False
    return not any(parent.tag in ("main", "article") for parent in each.iterancestors())


def _length(element: HtmlElement) -> int:
    """Letters inside an element, white space aside."""
    return sum(len("".join(text.split())) for text in _texts(element))


def _texts(element: HtmlElement) -> Iterator[str]:
    yield from (str(text) for text in element.itertext())
