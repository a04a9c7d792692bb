"""Signing in and out, and another password: Django's own views with this site's pages."""

from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView


class SignIn(LoginView):
    """Name and password; then the page that was asked for, if it is one of this site."""

    template_name = "login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the session; takes a form only, so that no link can sign anybody out."""


class Account(PasswordChangeView):
    """Who is signed in, with which roles; another password, and the way out."""

    template_name = "account.html"
    success_url = "/account/?changed=1"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, and whether the password has just been changed."""
        changed = self.request.GET.get("changed", "") == "1"
        return {**super().get_context_data(**kwargs), "changed": changed}
