"""The editorial policy as people read it, from the data that the board obeys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from probatum.review.policy import Allowed, Right
from probatum.site.board.people import policy
from probatum.site.board.words import status_words

_RIGHTS = {
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


def _who(allowed: Allowed) -> str:
    everybody = [role.value for role in allowed.any]
    own = [f"{role.value} (their own articles)" for role in allowed.own]
    return ", ".join((*everybody, *own)) or "nobody"


@require_safe
def editorial_policy(request: HttpRequest) -> HttpResponse:
    """Who may do what, how many sign, how old an article may grow, and what ends an approval."""
    rules = policy()
    values = {
        "policy": rules,
        "rights": [(_RIGHTS[right], _who(allowed)) for right, allowed in rules.rights.items()],
        "visible": [
            (status_words(state.value), ", ".join(role.value for role in roles) or "nobody else")
            for state, roles in rules.visible.items()
        ],
        "here": "policy",
    }
    return render(request, "editorial-policy.html", values)
