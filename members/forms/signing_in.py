"""Allauth's own forms in our words. Apart from the form for signing up, which allauth imports while it loads."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = gettext_lazy("Keep me signed in on this device")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "type": "email"}
        self.fields["password"].widget.attrs.pop("placeholder", None)
