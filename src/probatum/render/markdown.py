"""The answer as CommonMark with footnote references.

Whatever the content holds, it stays content: every character that Markdown or HTML could read as
a sign is escaped, so that a title such as "<b>" or "[x](y)" prints as it was written.
"""

import re

from probatum.evidence.answer import Answer
from probatum.evidence.statement import Namer
from probatum.render.arrange import page
from probatum.render.card import ReferenceView
from probatum.render.characters import plain
from probatum.render.names import Named
from probatum.render.view import (
    AlgorithmView,
    CellView,
    Line,
    Page,
    SectionView,
    StanceView,
    TableView,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&^$!])")
# What starts a list, a heading underline or a quotation only does so at the head of a line.
_HEAD = re.compile(r"^([-+=:]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """The text as Markdown that reads as the same text."""
    body = _SIGNS.sub(r"\\\1", plain(text))
    head = _HEAD.match(body)
    if head is None:
        return body
    found = head.group()
    if found.isdigit():
        return f"{found}\\{body[len(found) :]}"
    return f"\\{body}"


def markdown(answer: Answer, name: Namer | None = None) -> str:
    """The whole answer; parts are separated by blank lines and the text ends in a newline."""
    return "\n\n".join(part for part in _parts(page(answer, Named(name))) if part) + "\n"


def _notes(label: str) -> str:
    return "".join(f"[^{number}]" for number in label.split(", "))


def _cited(line: Line) -> str:
    # A quote keeps its lines, each but the last ending in a hard break.
    words = "\\\n  ".join(escaped(each) for each in line.text.split("\n"))
    if line.strength:
        words += f" ({escaped(line.strength)})"
    if line.tags:
        words += f" *({escaped('; '.join(line.tags))})*"
    if line.aside:
        words = f"~~{words}~~"
    words += _notes(line.marker.label) if line.marker else ""
    if line.aside:
        words += f" *(does not fit: {escaped('; '.join(line.aside))})*"
    return f"{words} *({escaped(line.origin)})*" if line.origin else words


def _bullets(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _cell(cell: CellView) -> str:
    # A cell is never empty: some readers would drop the column.
    return _cited(Line(cell.text or "–", cell.marker, cell.tags))


def _table(table: TableView) -> str:
    lines = ["| " + " | ".join(escaped(column) for column in table.columns) + " |"]
    lines.append("|" + " --- |" * len(table.columns))
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    return "\n".join(lines)


def _stances(stances: tuple[StanceView, ...]) -> str:
    lines = ["| Body | Edition | Says, silent or not held | What |", "| --- | --- | --- | --- |"]
    for stance in stances:
        what = [escaped(stance.statement), *(_cited(line) for line in stance.lines)]
        if stance.superseded_by:
            what.append(f"Superseded by {escaped(stance.superseded_by)}.")
        cells = (escaped(stance.body), escaped(stance.edition), stance.state, " ".join(what))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _algorithm(algorithm: AlgorithmView) -> list[str]:
    lines = []
    for step in algorithm.steps:
        here = " *(on this patient's path)*" if step.on_path else ""
        if step.state and not step.on_path:
            here = f" *({step.state})*"
        condition = escaped(step.condition)
        condition = f"~~{condition}~~" if step.state_code == "excluded" else condition
        lines.append(f"{step.number}. {condition}{here}")
        inset = " " * (len(str(step.number)) + 2)
        lines += [f"{inset}- because: {escaped(step.why)}"] if step.why else []
        lines += [f"{inset}- to be known: {escaped(step.missing)}"] if step.missing else []
        lines += [f"{inset}- {_cited(line)}" for line in step.then]
        if step.next:
            lines.append(f"{inset}- then step {step.next}")
    return [f"**{escaped(algorithm.title)}**", "\n".join(lines)]


def _section(section: SectionView) -> list[str]:
    parts = [f"## {escaped(section.title)}"]
    parts += [escaped(statement) for statement in section.statements]
    if section.stances:
        parts.append(_stances(section.stances))
    if section.table:
        parts.append(_table(section.table))
    if section.figure:
        parts.append(f"**{escaped(section.figure.title)}**")
        parts.append(_table(section.figure.table))
        parts.append(escaped(" ".join(section.figure.notes)))
    if section.lines:
        parts.append(_bullets([_cited(line) for line in section.lines]))
    if section.algorithm:
        parts += _algorithm(section.algorithm)
    return parts


def _first(page: Page) -> list[str]:
    parts = [f"# {escaped(page.question)}"]
    if page.status_code != "answered":
        reason = f" {escaped(page.reason)}" if page.reason else ""
        parts.append(f"**{escaped(page.status)}.**{reason}")
    elif page.reason:
        parts.append(escaped(page.reason))
    for premise in page.premises:
        said = f" {_cited(premise.line)}" if premise.line else ""
        parts.append(f'Taken for granted: "{escaped(premise.text)}" – {premise.verdict}.{said}')
    if page.bottom_line:
        parts.append("## Bottom line")
        parts += [
            f"{_cited(line)} *(About: {escaped(line.about or '')})*" for line in page.bottom_line
        ]
    if page.applies_to:
        parts.append(f"**Applies to:** {escaped(page.applies_to)}")
    if page.does_not_apply_to:
        parts.append(f"**Does not apply to:** {escaped(page.does_not_apply_to)}")
    if page.not_understood:
        words = escaped(", ".join(page.not_understood))
        parts.append(f"Not understood in the question: {words}.")
    return parts


def _reference(reference: ReferenceView) -> str:
    state = reference.currency
    if reference.replaced_by:
        state += f", replaced by {reference.replaced_by}"
    found = "; ".join(f"{link.label} {link.value}" for link in reference.links)
    words = f"{reference.type}; {reference.depth}; {state}." + (f" {found}." if found else "")
    return f"[^{reference.number}]: {escaped(reference.line)} {escaped(words)}"


def _parts(page: Page) -> list[str]:
    parts = _first(page)
    for section in page.sections:
        parts += _section(section)
    if page.limits:
        parts += ["## Limits of this answer", _bullets([escaped(each) for each in page.limits])]
    if page.related:
        parts += ["## Related questions", _bullets([escaped(each) for each in page.related])]
    updated = f" Evidence last updated {page.updated}." if page.updated else ""
    standing = f"{page.review}.{updated} As of {page.as_of}."
    standing += f" Library {page.snapshot}: {page.held}. Answer {page.answer_id}."
    parts += ["---", escaped(standing), escaped(page.notice)]
    if page.references:
        parts += ["## References", "\n".join(_reference(each) for each in page.references)]
    return parts
