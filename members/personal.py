"""What this room, the ledger and the libraries keep about a member."""

from django.conf import settings

from kit.personal import Fate, personal

personal("account.EmailAddress", "user", Fate.ERASED)
personal("mfa.Authenticator", "user", Fate.ERASED, secret=["data"])
personal("usersessions.UserSession", "user", Fate.ERASED, secret=["session_key", "data"])
if settings.OIDC_SERVER:
    personal("socialaccount.SocialAccount", "user", Fate.ERASED)
personal("admin.LogEntry", "user", Fate.KEPT, because="Who changed what in the back office.")
personal("activity.Activity", "actor", Fate.KEPT, because="What happened stays on record; the name does not.")
personal("members.Member_groups", "member", Fate.ERASED)
personal("members.Member_user_permissions", "member", Fate.ERASED)
personal("members.SignInDevice", "member", Fate.ERASED, secret=["token_digest"])
personal("members.ApiToken", "member", Fate.ERASED, secret=["digest"])
personal("members.ApiAnswer", "member", Fate.ERASED)
personal("members.Consent", "member", Fate.ERASED)
personal("members.Profile", "member", Fate.ERASED)
personal("members.Affiliation", "member", Fate.ERASED)
personal("members.Message", "sender", Fate.ERASED)
personal("members.Message", "recipient", Fate.ERASED)
personal("members.Proof", "member", Fate.ERASED, secret=["token", "code_digest", "letter"])
personal("members.Proof", "colleague", Fate.CLEARED, is_exported=False, emptied={"email": ""})
personal("members.Proof", "decided_by", Fate.KEPT, because="Who vouched for an official.", is_exported=False)
personal("members.DataExport", "member", Fate.ERASED, secret=["file"])
personal("members.Erasure", "member", Fate.KEPT, because="The log of what was erased.")
