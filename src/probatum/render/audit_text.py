"""The audit for a terminal: what is wrong first, then every claim in a line."""

from rich.table import Table
from rich.text import Text

from probatum.answers.audit.document import Audit
from probatum.render.audit_view import AuditView, ClaimView, audit_view
from probatum.render.terminal import SOFT, STRONG, Printer, show, written

_STYLES = {
    "contradicted": "bold red",
    "population_mismatch": "bold magenta",
    "outdated": "bold yellow",
    "not_found": "dim",
    "supported": "green",
}
_RIGHT = "green"
# Characters of a quote shown; the page and the JSON have all of it.
_QUOTED = 400


def audit_text(audit: Audit, text: str, *, width: int = 80, colour: bool = False) -> str:
    """The whole audit as text. `colour` is for a terminal whose user did not set NO_COLOR."""
    view = audit_view(audit, text)
    return written(lambda console: _AuditPrinter(console).audit(view), width, colour=colour)


def print_audit(audit: Audit, text: str) -> None:
    """Print it on this process's terminal."""
    show(lambda width, colour: audit_text(audit, text, width=width, colour=colour))


class _AuditPrinter(Printer):
    """Prints an audit, part by part."""

    def audit(self, view: AuditView) -> None:
        self.say(view.summary, STRONG)
        self.say(f"Audit of {view.name}, library {view.snapshot}", SOFT)
        if view.question:
            self.say(f"Question: {view.question}", SOFT)
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
                    self.say(claim.reasons[0], SOFT, indent=4)
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
        self.say(f"{claim.number}. {claim.text}", STRONG, indent=2)
        for reason in claim.reasons:
            self.say(reason, indent=4)
        if claim.corrected:
            self.say(f"Held: {claim.corrected}", _RIGHT, indent=4)
        for evidence in claim.evidence[:2]:
            quote = evidence.quote.replace("\n", " ")
            short = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED].rsplit(' ', 1)[0]} …"
            if short != claim.corrected:
                self.say(f"“{short}”", SOFT, indent=4)
            facts = f"{evidence.title} · {evidence.locator} · {evidence.depth}"
            self.say(f"{facts} · {evidence.currency}", SOFT, indent=4)
        self.blank()
