"""The signature: what is signed is shown, its meaning is said, and who signs is asked again.

By the password, or by a code of the second factor; an account without a password has only that.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.render.language import told, told_error
from probatum.review.events import Signed
from probatum.review.policy import Right
from probatum.review.standing import Standing
from probatum.site.accounts import second_factor
from probatum.site.board.accounts import password_complaint
from probatum.site.board.finding import opened, version_of
from probatum.site.board.ledger import Ledger, append
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.review_view import review_view
from probatum.site.board.writing import refused
from probatum.site.engine import engine

# One wording for every signer, whatever the language of their page: signatures are compared.
_STATEMENT = noop(
    "I have compared each of the %(claims)s claims of version %(version)s with the words it rests "
    "on, and I approve exactly this content."
)


def statement(standing: Standing) -> str:
    """What a signature means, in the words that the dialog shows and the record keeps."""
    return _STATEMENT % {"claims": len(standing.claims), "version": standing.number}


def meaning(standing: Standing) -> str:
    """The same for whoever reads another language; the record keeps one wording only."""
    return _(_STATEMENT) % {"claims": len(standing.claims), "version": standing.number}


@sensitive_post_parameters("password", "code")
@needs(Right.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What is signed, what that means, and the password or a code; POST signs this content."""
    book = opened(slug)
    standing = version_of(book, number)
    address = f"/review/{slug}/{number}"
    actor = actor_of(request)
    signed = any(each.actor == actor.id for each in standing.signatures)
    if request.method != "POST":
        if signed:
            return redirect(address)
        return _dialog(request, book, standing)
    content = request.POST.get("content", "")
    if signed and content == standing.content:
        return redirect(address)
    try:
        event = Signed.model_validate(
            {"version": number, "content": content, "statement": statement(standing)}
        )
    except ValueError:
        return refused(request, _("The form names no content."), address)
    complaint = _complaint(request)
    if complaint:
        return _dialog(request, book, standing, complaint)
    try:
        append(book.article, actor, [event], engine(), policy())
    except ProbatumError as error:
        return refused(request, told_error(error), address, 409)
    return redirect(address)


def _complaint(request: HttpRequest) -> str | None:
    """What is wrong with the proof that this is still the same person; None when it holds."""
    code = request.POST.get("code", "").strip()
    if code:
        said = second_factor.complaint(request, code)
    else:
        said = password_complaint(request, request.POST.get("password", ""))
    return f"{told(said)} {_('Nothing was signed.')}" if said else None


def _dialog(
    request: HttpRequest, book: Ledger, standing: Standing, complaint: str | None = None
) -> HttpResponse:
    view = review_view(book, standing, actor_of(request), policy(), engine())
    if not view.may_sign:
        sentence = view.barred or _(
            "It can be signed once its review is under way, you have declared that no conflict of "
            "interest stands in the way, and every claim is approved."
        )
        return refused(request, sentence, f"/review/{view.slug}/{view.number}", 409)
    values = {
        "review": view,
        "content": standing.content,
        "statement": statement(standing),
        "meaning": meaning(standing),
        "bottom_line": [
            plain(book.answer(standing.number).claims[claim].text)
            for claim in book.answer(standing.number).bottom_line
        ],
        "complaint": complaint,
        "has_password": request.user.has_usable_password(),
        "second_factor": second_factor.has_one(request.user),
        "here": "review",
    }
    return render(request, "sign.html", values, status=422 if complaint else 200)
