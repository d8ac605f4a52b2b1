"""What the members room does when something happened to an account."""

from django.db import transaction

from activity.registry import handles
from members.emails import letter
from members.models import Profile, PublicProfile
from members.queries import language_of, url_of
from members.tasks import post, start_exports
from members.verbs import MemberVerb
from search import upkeep


@handles(MemberVerb.VERIFIED, MemberVerb.PROFILE_EDITED, MemberVerb.CONSENT_CHANGED)
def bring_to_the_directory(activity):
    """What a profile shows can be found; what it hides, or whose consent was withdrawn, cannot."""
    for model in (Profile, PublicProfile):
        upkeep.request(model, [activity.actor_id])


@handles(MemberVerb.LETTER_SENT)
def pass_the_letter_on(activity):
    """The recipient gets it by mail and may answer the sender directly."""
    sent = activity.subject
    if sent is None:
        return
    language = language_of(sent.recipient)
    post(
        letter(
            "letter",
            to=sent.recipient.email,
            language=language,
            reply_to=sent.sender.email,
            letter=sent,
            profile_url=url_of("member", sent.sender_id, language=language),
            consents_url=url_of("consents", language=language),
        )
    )


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


@handles(MemberVerb.VOUCHING_ASKED)
def ask_the_colleague(activity):
    """The colleague gets a link to the page where they say yes or no."""
    proof = activity.subject
    if proof is None or proof.colleague is None:
        return
    language = language_of(proof.colleague)
    page = url_of("vouching", proof.token, language=language)
    post(letter("vouching", to=proof.colleague.email, language=language, proof=proof, page_url=page))


@handles(
    MemberVerb.PROOF_VERIFIED, MemberVerb.PROOF_REFUSED, MemberVerb.PROOF_ENDS_SOON, MemberVerb.PROOF_ENDED
)
def tell_of_the_proof(activity):
    """The member learns what came of it; a proof that another has replaced needs no word."""
    proof = activity.subject
    is_replaced = activity.verb == MemberVerb.PROOF_ENDED and (
        proof is None
        or proof.decided_at is None
        or proof.expires_at is None
        or proof.expires_at > activity.at
    )
    if proof is None or is_replaced:
        return
    language = language_of(proof.member)
    post(
        letter(
            "proof",
            to=proof.member.email,
            language=language,
            proof=proof,
            what=activity.verb.rpartition(".")[2],
            page_url=url_of("government_post", language=language),
        )
    )


@handles(MemberVerb.EXPORT_ASKED)
def write_the_export(_activity):
    transaction.on_commit(start_exports)


@handles(MemberVerb.EXPORT_READY)
def tell_of_the_export(activity):
    """The link works for a day, and for the member only."""
    export = activity.subject
    if export is None:
        return
    language = language_of(export.member)
    page = url_of("data_export", export.token, language=language)
    post(letter("export", to=export.member.email, language=language, page_url=page))


@handles(MemberVerb.ERASURE_ASKED)
def tell_of_the_erasure(activity):
    """Whoever did not ask for it can still stop it."""
    erasure = activity.subject
    if erasure is None or erasure.done_at:
        return
    language = language_of(erasure.member)
    page = url_of("erasure", language=language)
    post(letter("erasure", to=erasure.member.email, language=language, erasure=erasure, page_url=page))
