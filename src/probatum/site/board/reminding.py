"""Reminders by e-mail of reviews that are overdue, to those who were asked; off unless configured.

A letter says how many there are and nothing of what they are about: a title may be a question.
"""

from collections import Counter
from datetime import UTC, datetime
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail

from probatum.evidence.base import ProbatumError
from probatum.render.language import speaking, told, told_of
from probatum.review.policy import Policy
from probatum.review.turns import due
from probatum.site.board.models import Summary
from probatum.site.board.people import policy
from probatum.site.board.summary import detail_of


class ReminderError(ProbatumError):
    """No letter could be sent."""


def overdue(rules: Policy) -> Counter[str]:
    """How many overdue reviews each account was asked for."""
    now, found = datetime.now(UTC), Counter[str]()
    for kept in Summary.objects.filter(waiting=True).values_list("detail", flat=True):
        detail = detail_of(kept)
        for line in detail.waiting:
            about = (detail.about or {})[line.number]
            days = rules.review_days_for(about.topics, about.kinds)
            if line.assigned and now > due(line.came, days):
                found[line.assigned[0]] += 1
    return found


def letter(number: int) -> tuple[str, str]:
    """The subject and the text, in the language of the site: whoever reads it asks for none."""
    with speaking(settings.LANGUAGE_CODE):
        return told("Probatum: reviews overdue"), told_of(
            number,
            "%(number)s review that you were asked for is overdue. Sign in and open Review; under "
            "“Who was asked” choose “Me”.",
            "%(number)s reviews that you were asked for are overdue. Sign in and open Review; "
            "under “Who was asked” choose “Me”.",
        )


def remind() -> str:
    """Write to everybody who has an address and is late; ReminderError when no letter went out."""
    sent, failed = 0, 0
    for name, number in sorted(overdue(policy()).items()):
        address = User.objects.filter(username=name, is_active=True).values_list("email", flat=True)
        if not (to := address.first()):
            continue
        subject, text = letter(number)
        try:
            send_mail(subject, text, None, [to])
            sent += 1
        except (SMTPException, OSError):
            failed += 1
    # A second try would write again to those whom the first one reached.
    if failed and not sent:
        raise ReminderError(f"{failed} letters could not be sent.")
    return f"{sent} reminders sent, {failed} failed."
