"""The second factor: a code from an app (RFC 6238), and recovery codes for when it is lost.

The pages are django-allauth's views with this site's templates. Every change of a factor asks the
password or a code again.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

# What an app needs to read off the screen; the declaration in front has no place inside a page.
_DECLARATION = "?>"
# django-allauth's name of it.
_TOO_OFTEN = "too_many_login_attempts"
WRONG_CODE = "The code is not right, or was used already."
TOO_OFTEN = "There were too many tries. Please wait five minutes."


def has_one(user: AbstractBaseUser) -> bool:
    """Whether the account has a second factor; recovery codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def was_used(request: HttpRequest) -> bool:
    """Whether whoever is signed in gave a code of a factor that the account still has."""
    records = get_authentication_records(request, request.user)
    return any(each.get("method") == "mfa" for each in records) and has_one(request.user)


def complaint(request: HttpRequest, code: str) -> str | None:
    """What is wrong with a code of the one who is signed in; None when it is right, and now used.

    Tries are counted together with those of signing in.
    """
    if not has_one(request.user):
        return "This account has no second factor."
    form = AuthenticateForm(user=request.user, data={"code": code})
    if form.is_valid():
        form.save()
        return None
    return TOO_OFTEN if was_too_often(form) else WRONG_CODE


def was_too_often(form: object) -> bool:
    """Whether a form was refused for the number of tries, whatever was typed."""
    errors = form.errors.as_data() if isinstance(form, BaseForm) and form.is_bound else {}
    return any(each.code == _TOO_OFTEN for found in errors.values() for each in found)


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class Code(AuthenticateView):
    """The second step of signing in: a code from the app, or a recovery code."""

    template_name = "second-factor-code.html"


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class PasswordAgain(ReauthenticateView):
    """The password again, before a second factor is changed."""

    template_name = "password-again.html"


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class CodeAgain(CodeReauthenticateView):
    """A code again, before a second factor is changed, for accounts without a password."""

    template_name = "second-factor-again.html"


class SecondFactor(IndexView):
    """The second factor of whoever is signed in, and whether their roles ask for one."""

    template_name = "second-factor.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Whether there is one, how many recovery codes are left, and what waits for it."""
        from probatum.site.board.people import withheld

        user = self.request.user
        codes = Authenticator.objects.filter(
            user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES
        ).first()
        return {
            "has_one": has_one(user),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "withheld": [role.value for role in withheld(self.request)],
        }


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class Add(ActivateTOTPView):
    """A new second factor: the key to give to the app, and a code to show that it arrived."""

    template_name = "second-factor-add.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The code was right: it counts for this session as well."""
        response = super().form_valid(form)
        user = self.request.user
        record_authentication(self.request, user, "mfa", type="totp", reauthenticated=True)
        return response

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The key as a drawing and in letters; the drawing is our own markup, made from it."""
        values: dict[str, object] = super().get_context_data(**kwargs)
        drawing = str(values["totp_svg"])
        secret = str(values["form"].secret)  # type: ignore[attr-defined]
        return {
            **values,
            "drawing": drawing.partition(_DECLARATION)[2] or drawing,
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "issuer": settings.MFA_TOTP_ISSUER,
        }


class Remove(DeactivateTOTPView):
    """Without a second factor from now on; recovery codes go with it."""

    template_name = "second-factor-remove.html"


class RecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "recovery-codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Other recovery codes; the ones before are worth nothing then."""

    template_name = "recovery-codes-new.html"
