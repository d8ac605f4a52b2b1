"""How a program says for whom it acts: `Authorization: Bearer <token>`."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from members.actions import mark_used
from members.models import ApiToken


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        scheme, _space, token = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if not scheme:
            return None
        row = None
        if scheme.lower() == "bearer":
            found = ApiToken.objects.valid().select_related("member")
            row = found.filter(digest=ApiToken.digest_of(token.strip())).first()
        if row is None:
            raise AuthenticationFailed(
                _("This token is unknown, expired or revoked. Send it as: Bearer, a space, the token.")
            )
        mark_used(row)
        return row.member, row

    def authenticate_header(self, _request):
        return 'Bearer realm="api"'


class HasScope(BasePermission):
    """Anybody may read what is public; writing needs a token that may write."""

    message = _("This token may only read. Make one that may write as well.")

    def has_permission(self, request, view):
        if request.method in SAFE_METHODS or request.method not in view.allowed_methods:
            return True  # the second is answered with 405
        return request.auth is not None and request.auth.can_write


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description of the API tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, _auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A token of your account"}
