"""What is asked of every request."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

from members.rules import needs_second_factor

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Where one may be before: the pages that lead there, and the way out.
OPEN_PREFIXES = ("account_", "mfa_", "usersessions_")
OPEN = {"sign_in", "sign_up", "sign_out", "appearance", "rules", "privacy_notice"}


def second_factor(get_response):
    """Lead staff without a second factor to the page that sets one up, wherever they were going.

    A visitor without a session costs nothing, a member nothing beyond what the page asks anyway.
    """

    def answer(request):
        return get_response(request)

    def process_view(request, _view, _args, _kwargs):
        if not settings.STAFF_SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = request.resolver_match.url_name or ""
        if name in OPEN or name.startswith(OPEN_PREFIXES) or not request.user.is_authenticated:
            return None
        if not needs_second_factor(request.user) or is_mfa_enabled(request.user, FACTORS):
            return None
        return redirect("mfa_index")

    answer.process_view = process_view
    return answer
