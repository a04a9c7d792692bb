"""The tag `kept`: a piece of a page that repeats is made once.

The cards of an answer say the same of a reference dozens of times, and the same few words of most
checks; making them anew each time was half of the work on a page.
"""

from typing import Any

from django.template import Context, Library
from django.template.base import FilterExpression, Node, NodeList, Parser, Token

register = Library()
# Pieces of a few hundred bytes; beyond this, all are forgotten.
_MOST = 4_096


class _Kept(Node):  # type: ignore[misc]
    """A piece of a template, and what it became for the values it depends on."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._values = values
        self._made: dict[tuple[object, ...], str] = {}

    def render(self, context: Context) -> str:
        key = tuple(value.resolve(context) for value in self._values)
        made = self._made.get(key)
        if made is None:
            made = self.nodelist.render(context)
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = made
        return made


def kept(parser: Parser, token: Token) -> Any:
    """`{% kept value … %}piece{% endkept %}`: the values are all that the piece depends on.

    They must be such as can be hashed, and no part of them may be marked as safe.
    """
    values = [parser.compile_filter(each) for each in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(nodelist, values)


register.tag(kept)
