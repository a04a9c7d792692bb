"""`probatum audit`: a text that others wrote, claim by claim, with the evidence for each."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.options import LibraryFolder
from probatum.cli.request import readable

if TYPE_CHECKING:
    from probatum.answers.audit.auditor import Progress
    from probatum.answers.audit.document import Audit
    from probatum.answers.audit.given import Given

# Bytes of a file or of stdin that are read.
_MOST_BYTES = 50_000_000


class AuditFormat(StrEnum):
    """How the audit is printed."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


def audit(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|-",
            help="A file in any format that add reads, the address of a page, or - for stdin.",
        ),
    ],
    question: Annotated[
        str | None, typer.Option(help="The question that the text answers, if it is not in it.")
    ] = None,
    form: Annotated[
        AuditFormat, typer.Option("--format", help="How to print the audit.")
    ] = AuditFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Audit a text claim by claim; status 1 when a claim is contradicted, outdated or misplaced."""
    from probatum.answers.audit.auditor import audit as audited
    from probatum.library.library import Library

    text = _given(source)
    held = Library.open(library)
    with _progress() as progress:
        made = audited(
            readable(text.text),
            held,
            question=readable(question) if question else None,
            name=text.name,
            derived=text.derived,
            progress=progress,
        )
    _print(made, readable(text.text), form)
    return 1 if made.grave else 0


def _given(source: str) -> "Given":
    """The text that was named: stdin, a page or a file."""
    from probatum.answers.audit.auditor import AuditError
    from probatum.answers.audit.given import given
    from probatum.sources.web.page import fetch, is_address

    if source == "-":
        content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        name, kind = "stdin", None
    elif is_address(source):
        page = fetch(source)
        content, name, kind = page.content, page.address, page.kind
    else:
        path = Path(source)
        if path.is_dir():
            raise AuditError(f"{source} is a folder; audit takes one file.")
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        name, kind = path.name, None
    if len(content) > _MOST_BYTES:
        raise AuditError(f"{name} is larger than {_MOST_BYTES // 1_000_000} MB.")
    return given(content, name, kind)


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """A bar on stderr while somebody watches; nothing else ever."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Checking claims"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(audit: "Audit", text: str, form: AuditFormat) -> None:
    if form is AuditFormat.TEXT:
        from probatum.render.audit_text import print_audit

        print_audit(audit, text)
        return
    if form is AuditFormat.JSON:
        from probatum.render.audit_json import audit_json

        words = audit_json(audit)
    else:
        from probatum.render.audit_html import audit_html

        words = audit_html(audit, text)
    sys.stdout.write(words if words.endswith("\n") else words + "\n")
