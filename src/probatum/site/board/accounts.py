"""Signing in and out, and another password, with this site's pages."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LogoutView, PasswordChangeView
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from probatum.site.accounts.second_factor import TOO_OFTEN, has_one, was_too_often

NOT_RIGHT = "The password is not right."


class SignInForm(LoginForm):
    """Name and password, under the names that password managers look for."""

    def add_prefix(self, field_name: str) -> str:
        """The field of the name is called `username` in the page."""
        return "username" if field_name == "login" else field_name


class SignIn(LoginView):
    """Name and password; then the page that was asked for, if it is one of this site.

    An account with a second factor is asked for a code first. Failed tries are counted by account
    and by address.
    """

    form_class = SignInForm
    template_name = "login.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, where to go on to, and the organisation's sign-in if there is one."""
        rules = settings.PROBATUM_OIDC
        return {
            **super().get_context_data(**kwargs),
            "next": self.get_next_url() or "",
            "too_often": was_too_often(kwargs.get("form")),
            "organisation": rules.name if rules else None,
        }


class SignOut(LogoutView):
    """Ends the session; takes a form only, so that no link can sign anybody out."""


@method_decorator(rate_limit(action="change_password"), name="post")
class Account(PasswordChangeView):
    """Who is signed in, with which roles; another password, the second factor, and the way out."""

    template_name = "account.html"
    success_url = "/account/?changed=1"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, and whether the password has just been changed."""
        changed = self.request.GET.get("changed", "") == "1"
        return {
            **super().get_context_data(**kwargs),
            "changed": changed,
            "has_password": self.request.user.has_usable_password(),
            "second_factor": has_one(self.request.user),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Only who has a password gives themselves another."""
        if not self.request.user.has_usable_password():
            raise PermissionDenied
        return super().form_valid(form)


def password_complaint(request: HttpRequest, password: str) -> str | None:
    """What is wrong with the password of whoever is signed in; None when it is right.

    Tries are counted with those of signing in.
    """
    user: AbstractBaseUser = request.user
    if not password or not user.has_usable_password():
        return NOT_RIGHT
    try:
        found = get_adapter().authenticate(request, username=user.get_username(), password=password)
    except ValidationError:
        return TOO_OFTEN
    return None if found is not None and found.pk == user.pk else NOT_RIGHT
