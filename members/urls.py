"""Accounts. Allauth's pages stand under our addresses, and keep the names by which it calls them."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.urls import include, path, register_converter

from kit.converters import KeyConverter
from members import views

register_converter(KeyConverter, "key")

urlpatterns = [
    path("sign-in/", allauth_views.login, name="account_login"),
    path("sign-in/", allauth_views.login, name="sign_in"),
    path("sign-in/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("sign-out/", allauth_views.logout, name="account_logout"),
    path("sign-out/", allauth_views.logout, name="sign_out"),
    path("sign-up/", views.sign_up, name="account_signup"),
    path("sign-up/", views.sign_up, name="sign_up"),
    path("sign-up/verify/", views.verify, name="account_email_verification_sent"),
    path("organisations/suggestions/", views.organisation_suggestions, name="organisation_suggestions"),
    path("rules/", views.rules, name="rules"),
    path("privacy/", views.privacy_notice, name="privacy_notice"),
    path("account/", views.account, name="account"),
    path("account/profile/", views.profile, name="profile"),
    path("account/profile/affiliations/new/", views.affiliation_new, name="affiliation_new"),
    path("account/profile/affiliations/<key:pk>/", views.affiliation, name="affiliation"),
    path(
        "account/profile/affiliations/<key:pk>/removal/",
        views.affiliation_removal,
        name="affiliation_removal",
    ),
    path("account/consents/", views.consents, name="consents"),
    path("account/data/", views.data, name="data"),
    path("account/data/<str:token>/", views.data_export, name="data_export"),
    path("account/closing/", views.erasure, name="erasure"),
    path("account/closing/undo/", views.erasure_undone, name="erasure_undone"),
    path("account/government/", views.government_post, name="government_post"),
    path("account/government/mail/", views.proof_by_mail, name="proof_by_mail"),
    path("account/government/code/", views.proof_code, name="proof_code"),
    path("account/government/colleague/", views.proof_by_colleague, name="proof_by_colleague"),
    path("account/government/letter/", views.proof_by_letter, name="proof_by_letter"),
    path("account/government/vouching/<str:token>/", views.vouching, name="vouching"),
    path("desk/officials/", views.proof_list, name="proof_list"),
    path("desk/officials/<str:token>/", views.proof, name="proof"),
    path("desk/officials/<str:token>/letter/", views.proof_letter, name="proof_letter"),
    path("members/", views.directory, name="directory"),
    path("members/<key:pk>/", views.member, name="member"),
    path("members/<key:pk>/letter/", views.letter, name="letter"),
    path("account/email/", allauth_views.email, name="account_email"),
    path("account/confirm/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", allauth_views.password_change, name="account_change_password"),
    path("account/password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/code/",
        allauth_views.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path("password/new/", allauth_views.complete_password_reset, name="account_complete_password_reset"),
    path(
        "password/done/", allauth_views.password_reset_from_key_done, name="account_password_reset_completed"
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    *(
        [
            path("sign-in/external/", include("allauth.socialaccount.urls")),
            path("sign-in/external/", include("allauth.socialaccount.providers.openid_connect.urls")),
        ]
        if settings.OIDC_SERVER
        else []
    ),
    path("account/tokens/", views.token_list, name="token_list"),
    path("account/tokens/<int:pk>/revocation/", views.token_revocation, name="token_revocation"),
]
