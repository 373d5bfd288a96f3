"""Single sign-on by OpenID Connect: allauth's, with every check of the standard that it leaves to us.

allauth trusts TLS for the signature of the token, has no nonce, and takes over the issuer that the provider names.
"""

import secrets
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

#: Only keys that the provider alone has: with a shared secret (HS256) anybody could pass off a public key as one.
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}


class IdentityAdapter(OpenIDConnectOAuth2Adapter):
    """Talks to the provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the one that was asked."""
        config = super().openid_config
        asked = self.get_provider().app.settings["server_url"]
        if str(config.get("issuer", "")).rstrip("/") != asked.rstrip("/"):
            raise OAuth2Error("Another issuer than OIDC_ISSUER.")
        return config

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        """The answer to the code."""
        try:
            return super().get_access_token_data(*args, **kwargs)
        except (ValueError, TypeError, KeyError) as error:
            raise OAuth2Error("The provider's answer can't be read.") from error

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Who it is, from a token that is signed, current and meant for this site."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            data = login.account.extra_data
            if data["userinfo"]["sub"] != data["id_token"]["sub"]:
                raise OAuth2Error("The token and the user information are about different people.")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise OAuth2Error("The token can't be read.") from error
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
            raise OAuth2Error("The token is signed in a way that is not safe.")
        self.did_fetch_access_token = False  # then allauth checks the signature, as if the browser had brought it
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        if not {"exp", "iat", "sub"} <= claims.keys():
            raise OAuth2Error("The token leaves out until when it holds.")
        return claims


def _adapter(request: HttpRequest, provider_id: str) -> IdentityAdapter:
    adapter = IdentityAdapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter


@never_cache
@require_safe
@rate_limit(action="single_sign_on", limit_get=True)
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider. A link, no form: the policy lets no form go to another site."""
    provider = _adapter(request, provider_id).get_provider()
    provider.oauth2_adapter_class = IdentityAdapter
    nonce = secrets.token_urlsafe(24)
    next_url = get_next_redirect_url(request)
    try:
        return provider.redirect(request, AuthProcess.LOGIN, next_url, auth_params={"nonce": nonce}, nonce=nonce)
    except (OAuth2Error, RequestException, ValueError, KeyError) as error:
        return render_authentication_error(request, provider, exception=error)


@never_cache
@require_safe
@rate_limit(action="single_sign_on", limit_get=True)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider; each state works once."""
    return OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)


def offered(request: HttpRequest) -> Any:
    """The provider to show at the login form, if there is one."""
    return next(iter(get_adapter().list_providers(request)), None)
