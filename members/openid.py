"""Signing in through an OpenID Connect server, where OIDC_SERVER names one."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from kit.text import one_line


class OpenIdAdapter(DefaultSocialAccountAdapter):
    def get_signup_form_initial_data(self, sociallogin):
        """What the server tells is filled in; country, sector and consents are still asked for."""
        told = sociallogin.account.extra_data.get("userinfo") or sociallogin.account.extra_data
        name, _was_cut = one_line(str(told.get("name") or ""), 150)
        return {**super().get_signup_form_initial_data(sociallogin), "name": name}
