"""Which characters the bytes of a web page mean.

In this order: a byte order mark; what the page declares in its first bytes (a meta element, an XML
declaration, or the header of a saved answer); UTF-8 where all bytes are; else Windows-1252, the
West European code page that browsers take for undeclared pages, too.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:charset\s*=|<\?xml[^>]{0,100}encoding\s*=)\s*["']?\s*([\w.:-]{1,40})"""
)
_HEAD = 4_096
# Labels that mean Windows-1252 (WHATWG Encoding Standard, section 4.2).
_WESTERN = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"})
# Codecs of Python that no page is written in, some of them slow without bound.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
# What lxml refuses in a text, and nobody reads.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def decoded(content: bytes) -> str:
    """The page's characters, without byte order mark, XML declaration and control characters."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _bare(content[len(mark) :].decode(encoding, "replace"))
    found = _DECLARED.search(content[:_HEAD].lower())
    for name in (found[1].decode("ascii") if found else "utf-8", "utf-8"):
        text = _strictly(content, name)
        if text is not None:
            return _bare(text)
    return _bare(content.decode("cp1252", "replace"))


def _strictly(content: bytes, name: str) -> str | None:
    if name in _WESTERN:
        name = "utf-8"  # text that says Latin-1 but is valid UTF-8 was never Latin-1
    if name.startswith(("utf-16", "utf16")):
        name = "utf-8"  # a declaration that was readable byte by byte is not in UTF-16
    try:
        if codecs.lookup(name).name in _NO_CHARSETS:
            return None
        return content.decode(name)
    except (LookupError, ValueError, TypeError):
        return None


def _bare(text: str) -> str:
    return _XML_DECLARATION.sub("", CONTROLS.sub("", text), count=1)
