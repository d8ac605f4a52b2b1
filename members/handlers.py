"""What the members room does when something happened to an account."""

from activity.registry import handles
from members.emails import letter
from members.queries import language_of, url_of
from members.tasks import post
from members.verbs import MemberVerb


@handles(MemberVerb.SIGNED_IN_ANEW)
def tell_of_the_new_browser(activity):
    """Whoever did not sign in themselves learns of it, and what to do."""
    device = activity.subject
    if device is None:
        return
    member, language = device.member, language_of(device.member)
    post(
        letter(
            "new_browser",
            to=member.email,
            language=language,
            name=member.get_short_name(),
            device=device,
            sessions_url=url_of("usersessions_list", language=language),
            password_url=url_of("account_change_password", language=language),
        )
    )
