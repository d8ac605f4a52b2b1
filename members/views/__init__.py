from members.views.accounts import account, organisation_suggestions, sign_up, verify
from members.views.notices import privacy_notice, rules

__all__ = ["account", "organisation_suggestions", "privacy_notice", "rules", "sign_up", "verify"]
