"""The editorial policy as people read it, from the data that the board obeys."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probatum.render.language import Told, told
from probatum.render.words import either
from probatum.review.policy import Allowed, Amount, Right
from probatum.site.board.people import policy
from probatum.site.board.words import status_words
from probatum.site.kept_responses import shared

_RIGHTS = Told(
    {
        Right.DRAFT: "Begin an article or a new version",
        Right.EDIT: "Edit a draft",
        Right.SUBMIT: "Submit a draft for review",
        Right.SEE_QUEUE: "See what waits for review",
        Right.TAKE: "Begin a review",
        Right.DECLARE: "Declare a conflict of interest",
        Right.DECIDE: "Approve, amend or reject a claim",
        Right.REQUEST_CHANGES: "Ask the authors for changes",
        Right.SIGN: "Sign",
        Right.REOPEN: "Reopen an approved version",
        Right.WITHDRAW: "Withdraw a version",
        Right.ASSIGN: "Ask a reviewer to review a version",
        Right.OVERSEE: "See the statistics and take the whole trail out",
    }
)


def _who(allowed: Allowed) -> str:
    everybody = [told(role.value) for role in allowed.any]
    own = [_("%(role)s (their own articles)") % {"role": told(role.value)} for role in allowed.own]
    return ", ".join((*everybody, *own)) or _("nobody")


@dataclass(frozen=True)
class RuleView:
    """A number that is stricter for some articles, with what those have."""

    number: int
    what: str
    reason: str


def _rules(amount: Amount) -> list[RuleView]:
    """The rules in words: the parts and the topics that call for the number."""
    found = []
    for rule in amount.rules:
        whats = [_("a part “%(kind)s”") % {"kind": told(kind)} for kind in rule.kinds]
        whats += [_("the topic “%(topic)s”") % {"topic": topic} for topic in rule.topics]
        found.append(RuleView(rule.number, either(whats), rule.reason))
    return found


@require_safe
def editorial_policy(request: HttpRequest) -> HttpResponse:
    """Who may do what, how many sign, how old an article may grow, and what ends an approval."""
    rules = policy()
    values = {
        "policy": rules,
        "rights": [(_RIGHTS[right], _who(allowed)) for right, allowed in rules.rights.items()],
        "visible": [
            (
                status_words(state.value),
                ", ".join(told(role.value) for role in roles) or _("nobody else"),
            )
            for state, roles in rules.visible.items()
        ],
        "signatures": _rules(rules.signatures),
        "ages": _rules(rules.max_age_days),
        "review_days": _rules(rules.review_days),
        "here": "policy",
    }
    return shared(request, render(request, "editorial-policy.html", values))
