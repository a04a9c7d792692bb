"""The tags `translate` and `blocktranslate` for pages that are made without Django's settings.

Django's own tags ask the settings, which a command has not. These read the same catalogue under the
same names, so that one template serves the site and a saved page.
"""

from typing import Any

from django.template import Context, Library
from django.template.base import Parser, Token, render_value_in_context
from django.templatetags.i18n import (
    BlockTranslateNode,
    TranslateNode,
    do_block_translate,
    do_translate,
)
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe

from probatum.render.language import told, told_by

register = Library()


class _Word(TranslateNode):  # type: ignore[misc]
    """Fixed words; their variable is left untranslated by Django and is translated here."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        # Words of the template are safe as Django's parser marks them; a variable's are not.
        text: str = told(str(value))
        text = mark_safe(text) if isinstance(value, SafeData) else conditional_escape(text)  # noqa: S308
        if self.asvar:
            context[self.asvar] = text
            return ""
        return text


class _Words(BlockTranslateNode):  # type: ignore[misc]
    """Words with values in them, in the form that fits a number where one is given."""

    def render(self, context: Context, nested: bool = False) -> str:
        del nested
        own = {name: value.resolve(context) for name, value in self.extra_context.items()}
        with context.push(**own):
            words, names = self.render_token_list(self.singular)
            if self.counter:
                number = self.counter.resolve(context)
                context[self.countervar] = number
                many, more = self.render_token_list(self.plural)
                words, names = told_by(number, words, many), {*names, *more}
            else:
                words = told(words)
            values = {
                name: render_value_in_context(context.get(name, ""), context) for name in names
            }
        text: str = words % values
        if self.asvar:
            context[self.asvar] = mark_safe(text)  # noqa: S308 - values are escaped above
            return ""
        return text


def translate(parser: Parser, token: Token) -> Any:
    """`{% translate "words" %}`, as Django's."""
    made = do_translate(parser, token)
    made.__class__ = _Word
    return made


def blocktranslate(parser: Parser, token: Token) -> Any:
    """`{% blocktranslate %}words{% endblocktranslate %}`, as Django's."""
    made = do_block_translate(parser, token)
    made.__class__ = _Words
    return made


register.tag(translate)
register.tag(blocktranslate)
