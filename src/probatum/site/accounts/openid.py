"""Signing in with the organisation's account: OpenID Connect, authorization code flow with PKCE.

django-allauth carries state and session; who the provider says it is, is proved here: the signature
of the ID token in every case, the issuer, and the nonce, none of which it tests by itself.
"""

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from requests import RequestException

from probatum.site.accounts import arrivals
from probatum.site.accounts.id_token import TokenError, claims_of
from probatum.site.accounts.identity import PROVIDER, identity
from probatum.site.accounts.pages import refusal
from probatum.site.accounts.single_sign_on import SingleSignOn, safe_address

_UNPROVED = "What your organisation’s sign-in sent does not prove who you are."
_UNREACHED = "Your organisation’s sign-in cannot be reached, or does not answer as it should."
_STALE = "This sign-in was begun elsewhere, has been used, or took too long. Please begin again."
_CANCELLED = "Your organisation’s sign-in was left before it was done."
_UNKNOWN = "Nobody has made an account here for you. Ask whoever runs this site."
_CLOSED = "This account is closed."
# What a provider's answer that is not as it should be can raise on its way through.
_FAULTS = (RequestException, OAuth2Error, TokenError, KeyError, ValueError, TypeError)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Exchange(OpenIDConnectOAuth2Adapter):
    """One exchange with the provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself; it must be the one that the operator named."""
        if not hasattr(self, "_openid_config"):
            issuer = _rules().issuer
            found = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            # OpenID Connect Discovery 1.0, section 4.3: the issuer must be identical.
            if found.get("issuer") != issuer:
                raise TokenError("another issuer")
            if not all(safe_address(found.get(name)) for name in _ENDPOINTS):
                raise TokenError("an endpoint that is not https")
            self._openid_config = found
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back to."""
        return request.build_absolute_uri(reverse("openid-callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who it is, by the ID token alone; nothing of it but the identity is kept."""
        rules = _rules()
        keys = _fetched(self.openid_config["jwks_uri"])
        claims = claims_of(kwargs["response"].get("id_token"), keys, rules.issuer, rules.client)
        kept = {"account": identity(claims["iss"], claims["sub"])}
        login = self.get_provider().sociallogin_from_response(request, {"id_token": kept})
        login.claims = claims
        return login


class Provider(OpenIDConnectProvider):
    """The one provider, with a nonce and PKCE in every exchange."""

    pkce_enabled_default = True
    oauth2_adapter_class = Exchange


class SocialAdapter(DefaultSocialAccountAdapter):
    """Where django-allauth asks this site about the provider and about those who arrive."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        """The operator's; there is no other."""
        rules = _rules()
        app = SocialApp(
            provider=Provider.id,
            provider_id=PROVIDER,
            name=rules.name,
            client_id=rules.client,
            secret=rules.secret,
            settings={"server_url": rules.issuer, "uid_field": "account", "scope": rules.scopes},
        )
        return Provider(request, app=app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never here: who is let in is decided before."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Compare the nonce, then find, link or make the account and give it its roles."""
        rules, claims = _rules(), sociallogin.claims
        expected = sociallogin.state.get("nonce")
        said = claims.get("nonce")
        if (
            not expected
            or not isinstance(said, str)
            or not secrets.compare_digest(said.encode(), expected.encode())
        ):
            raise ImmediateHttpResponse(refusal(request, _UNPROVED))
        with transaction.atomic():
            if not sociallogin.is_existing:
                user = arrivals.account_of(claims, rules)
                if user is None:
                    raise ImmediateHttpResponse(refusal(request, _UNKNOWN))
                if user.is_active:
                    sociallogin.connect(request, user)
            else:
                user = sociallogin.user
            if not user.is_active:
                raise ImmediateHttpResponse(refusal(request, _CLOSED))
            arrivals.give_roles(user, claims, rules)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        """Say what went wrong, in this site's words; the provider's are not shown."""
        if exception is not None:
            raise ImmediateHttpResponse(refusal(request, _UNREACHED, 502))
        if "error" in request.GET:
            raise ImmediateHttpResponse(refusal(request, _CANCELLED))
        raise ImmediateHttpResponse(refusal(request, _STALE))


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """To the organisation's own page for signing in, where the operator has named one."""
    _rules()
    # A link here from another site's page would sign people in unasked.
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return redirect("account_login")
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    exchange = Exchange(request, PROVIDER)
    nonce = secrets.token_urlsafe(24)
    return _guarded(
        request,
        lambda: exchange.get_provider().redirect(
            request,
            process="login",
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        ),
    )


@require_safe
def callback(request: HttpRequest) -> HttpResponseBase:
    """Where the organisation sends people back to once they have signed in there."""
    exchange = Exchange(request, PROVIDER)
    return _guarded(request, lambda: OAuth2CallbackView.adapter_view(exchange)(request))


def _guarded(request: HttpRequest, step: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    _rules()
    try:
        return step()
    except TokenError:
        return refusal(request, _UNPROVED)
    except _FAULTS:
        return refusal(request, _UNREACHED, 502)


def _rules() -> SingleSignOn:
    """The operator's settings; 404 without any."""
    rules: SingleSignOn | None = settings.PROBATUM_OIDC
    if rules is None:
        raise Http404
    return rules


def _fetched(address: str) -> dict[str, Any]:
    """A JSON object from the provider; it is asked at the address it gave, and nowhere else."""
    with DefaultSocialAccountAdapter().get_requests_session() as session:
        response = session.get(address, allow_redirects=False)
        response.raise_for_status()
        found = response.json()
    if not isinstance(found, dict):
        raise TokenError("no JSON object")
    return found
