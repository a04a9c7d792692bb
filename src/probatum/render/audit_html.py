"""The audit as a page of its own: one file, no script, nothing fetched from anywhere."""

from probatum.answers.audit.document import Audit
from probatum.render.audit_view import audit_view
from probatum.render.html import STYLE_SHEET, language_marks, template_engine


def audit_html(audit: Audit, text: str) -> str:
    """A whole HTML document with each claim beside its sources."""
    from django.template import Context
    from django.utils.safestring import mark_safe

    values = {
        **language_marks(),
        "audit": audit_view(audit, text),
        # Our own style sheet, from a file that ships with the program.
        "style": mark_safe(STYLE_SHEET.read_text(encoding="utf-8")),  # noqa: S308
    }
    template = template_engine().get_template("audit-standalone.html")
    return str(template.render(Context(values, use_l10n=False, use_tz=False)))
