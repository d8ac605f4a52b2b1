"""Where allauth asks the portal: how mails look, who is at the other end, how secrets are kept."""

import base64
import hashlib
import ipaddress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.template.loader import render_to_string

from kit.budget import address_of
from members import actions
from members.emails import compose
from members.models import Erasure
from members.tasks import post

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 60 * 60 * 24 * 365
NOWHERE = "0.0.0.0"  # noqa: S104  an address that says that none is known


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Every mail of allauth, in our frame, on its way after the commit."""
        values = {"email": email, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
        values.pop("request", None)
        subject = render_to_string(f"{template_prefix}_subject.txt", values)
        body = render_to_string(f"{template_prefix}_message.txt", values)
        post(compose(subject, body.strip(), to=email))

    def get_client_ip(self, request):
        """The visitor's address as the portal knows it; one that is none becomes 0.0.0.0."""
        try:
            return str(ipaddress.ip_address(address_of(request)))
        except ValueError:
            return NOWHERE

    def confirm_email(self, request, email_address):
        """From here on the member can be found, if they agreed to it."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            actions.note_verified(email_address.user)
        return is_confirmed

    def post_login(self, request, user, *, signup, **how):
        """Remember the browser; the owner of the account is told of one that was not known."""
        response = super().post_login(request, user, signup=signup, **how)
        # Whoever signs in is not inactive; a closing that the member asked for goes on.
        actions.undo_erasure(user, cause=Erasure.Cause.INACTIVE)
        token = actions.note_sign_in(
            user,
            token=request.COOKIES.get(DEVICE_COOKIE, ""),
            user_agent=self.get_http_user_agent(request),
            ip=self.get_client_ip(request),
            is_first=signup or not user.sign_in_devices.exists(),
        )
        response.set_cookie(
            DEVICE_COOKIE, token, max_age=DEVICE_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
        return response

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Nobody needs to be told that they just signed in or out."""
        if message_template in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            return
        super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted with a key made from SECRET_KEY."""

    def _get_site_name(self):
        return settings.SITE_NAME

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher():
    """Encrypts with SECRET_KEY, reads what an earlier key of SECRET_KEY_FALLBACKS wrote as well."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"members.second-factor:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
