"""The audit for a terminal: what is wrong first, then every claim in a line."""

import io
import os
import shutil
import sys

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from probatum.answers.audit.document import Audit
from probatum.render.audit_view import AuditView, ClaimView, audit_view
from probatum.render.text import NARROWEST, WIDEST

_STYLES = {
    "contradicted": "bold red",
    "population_mismatch": "bold magenta",
    "outdated": "bold yellow",
    "not_found": "dim",
    "supported": "green",
}
_STRONG, _SOFT, _HEAD, _RIGHT = "bold", "dim", "bold cyan", "green"
# Characters of a quote shown; the page and the JSON have all of it.
_QUOTED = 400


def audit_text(audit: Audit, text: str, *, width: int = 80, colour: bool = False) -> str:
    """The whole audit as text. `colour` is for a terminal whose user did not set NO_COLOR."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(NARROWEST, width),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _Printer(console).audit(audit_view(audit, text))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"


def print_audit(audit: Audit, text: str) -> None:
    """Print it: as wide as the terminal, coloured only there; 80 columns anywhere else."""
    terminal = sys.stdout.isatty()
    # https://no-color.org: any value but the empty one switches colour off.
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    given = os.environ.get("COLUMNS", "")
    width = 80
    if given.isdigit() or terminal:
        width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    words = audit_text(audit, text, width=width, colour=colour)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding))


class _Printer:
    """Prints a view on a console, part by part."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        self.console.print(Padding(Text(text, style=style, overflow="fold"), (0, 0, 0, indent)))

    def heading(self, text: str) -> None:
        self.console.print()
        self.say(text, _HEAD)
        self.say("─" * min(self.console.width, max(len(text), 3)), _SOFT)

    def audit(self, view: AuditView) -> None:
        self.say(view.summary, _STRONG)
        self.say(f"Audit of {view.name}, library {view.snapshot}", _SOFT)
        if view.question:
            self.say(f"Question: {view.question}", _SOFT)
        if view.grave:
            self.heading("What to look at")
            for claim in view.grave:
                self.claim(claim)
        if view.findings:
            self.heading("The text as a whole")
            for finding in view.findings:
                where = f" (claims {', '.join(map(str, finding.claims))})" if finding.claims else ""
                self.marked("!", f"{finding.title}: {finding.detail}{where}", "bold yellow")
        if view.other:
            self.heading("Everything else")
            for claim in view.other:
                self.marked(claim.mark, f"{claim.number}. {claim.text}", _STYLES[claim.code])
                if claim.code == "supported" and claim.reasons:
                    self.say(claim.reasons[0], _SOFT, indent=4)
        if view.limits:
            self.heading("Limits")
            for limit in view.limits:
                self.marked("•", limit)

    def marked(self, mark: str, text: str, style: str = "") -> None:
        grid = Table.grid(padding=0)
        grid.add_column(width=4, no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(f" {mark}", style=style), Text(text, overflow="fold"))
        self.console.print(grid)

    def claim(self, claim: ClaimView) -> None:
        style = _STYLES[claim.code]
        self.say(f"{claim.mark} {claim.verdict}", style)
        self.say(f"{claim.number}. {claim.text}", _STRONG, indent=2)
        for reason in claim.reasons:
            self.say(reason, indent=4)
        if claim.corrected:
            self.say(f"Held: {claim.corrected}", _RIGHT, indent=4)
        for evidence in claim.evidence[:2]:
            quote = evidence.quote.replace("\n", " ")
            short = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED].rsplit(' ', 1)[0]} …"
            if short != claim.corrected:
                self.say(f"“{short}”", _SOFT, indent=4)
            facts = f"{evidence.title} · {evidence.locator} · {evidence.depth}"
            self.say(f"{facts} · {evidence.currency}", _SOFT, indent=4)
        self.console.print()
