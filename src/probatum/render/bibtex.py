"""BibTeX, for LaTeX and the reference managers that read it.

A value stands in braces and holds no brace or backslash of its own: both are written as commands,
so that no title can end its field. Capitals are kept by a second pair of braces, since styles would
otherwise write "hiv" and "pd-l1".
"""

from collections.abc import Iterable

from probatum.render.bibliography import Entry, Person
from probatum.render.characters import plain

_TYPES = {"article": "article", "report": "techreport", "webpage": "misc", "document": "misc"}
# As LaTeX has them in its default font encoding, where a bare "<" would print as "¡".
_COMMANDS = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"$\lbrace$",
        "}": r"$\rbrace$",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"${sign}$" for sign in "<>|"},
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# DOIs and addresses are read as they stand; only what could end the field is replaced, as in a URL.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def _escaped(text: str) -> str:
    return plain(text).translate(_COMMANDS)


def _author(person: Person) -> str:
    """In braces where BibTeX would read more than one name out of it, or other parts."""
    family = _escaped(person.family)
    if not person.given:
        return f"{{{family}}}"
    initials = "".join("-" if letter == "-" else f"{letter}." for letter in person.given)
    return f"{{{family}}}, {_escaped(initials)}"


def _authors(entry: Entry) -> str:
    names = [_author(person) for person in entry.people]
    if not names and entry.body:
        names = [f"{{{_escaped(entry.body)}}}"]
    if entry.more:
        names.append("others")
    return " and ".join(names)


def _fields(entry: Entry) -> Iterable[tuple[str, str]]:
    yield "author", _authors(entry)
    yield "title", f"{{{_escaped(entry.title)}}}" if entry.title else ""
    if entry.kind == "article":
        yield "journal", _escaped(entry.container)
    else:
        yield "howpublished", _escaped(entry.container)
    if entry.kind == "report":
        yield "institution", _escaped(entry.body)
    elif entry.kind != "article":
        yield "publisher", _escaped(entry.body)
    yield "year", str(entry.year or "")
    yield "date", _escaped(entry.date)
    yield "version", _escaped(entry.version)
    yield "volume", _escaped(entry.volume)
    yield "number", _escaped(entry.issue)
    yield "pages", _escaped(entry.pages.replace("–", "-")).replace("-", "--")
    yield "doi", plain(entry.doi).translate(_VERBATIM)
    yield "pmid", entry.pmid
    yield "pmcid", entry.pmcid
    yield "url", plain(entry.url).translate(_VERBATIM)
    yield "note", _escaped(" ".join(_sentence(note) for note in entry.notes))


def _sentence(note: str) -> str:
    return note if note.endswith(".") else f"{note}."


def bibtex(entries: Iterable[Entry]) -> str:
    """The entries in their order, a blank line between two."""
    parts = []
    for entry in entries:
        fields = [f"  {name} = {{{value}}}," for name, value in _fields(entry) if value]
        lines = (f"@{_TYPES[entry.kind]}{{{entry.key},", *fields, "}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
