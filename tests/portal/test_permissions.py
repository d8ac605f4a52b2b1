"""Who may open what: every address of the site × the cast × GET and POST, from the URL tree itself.

An address without an entry in ADDRESSES fails `test_every_address_has_an_entry`, so a new page cannot come without
somebody saying whose it is.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from members.actions import ask_for_export, create_token, make_export
from members.models import Audience, Institution, Proof
from notifications.models import Notification
from resources import actions, tasks
from resources.models import Kind, Status
from tests import make
from tests.api import token_for
from tests.resources.files.pdfs import pdf_with, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index", "media")]

CAST = ("visitor", "dawit", "carla")
ANYONE, MEMBERS, STAFF = CAST, CAST[1:], CAST[2:]


@dataclass
class Address:
    """Who may read it and who may post to it; `args` names what of the world stands in the address, `typed` what in
    the form."""

    read: tuple = ()
    post: tuple = ()
    args: tuple = ()
    typed: dict = field(default_factory=dict)


DAWIT = ("dawit",)
OWN_PAGES = (
    "profile",
    "affiliation_new",
    "consents",
    "data",
    "erasure",
    "erasure_undone",
    "proof_by_mail",
    "proof_code",
    "proof_by_colleague",
    "proof_by_letter",
)
RESOURCE, RECORD = ("kind", "slug"), ("draft",)
ADDRESSES = {
    "healthz": Address(ANYONE),
    "readyz": Address(ANYONE),
    "robots": Address(ANYONE),
    "sitemap_index": Address(ANYONE),
    "sitemap": Address(ANYONE, args=("chapter",)),
    "opensearch": Address(ANYONE),
    "appearance": Address(ANYONE, post=ANYONE),
    "style": Address(STAFF),
    "home": Address(ANYONE),
    "search": Address(ANYONE),
    "country_list": Address(ANYONE),
    "country_numbers": Address(ANYONE),
    "country_comparison": Address(ANYONE),
    "country": Address(ANYONE, args=("country",)),
    "country_indicators": Address(ANYONE, args=("country",)),
    "topic_list": Address(ANYONE),
    "topic": Address(ANYONE, args=("topic",)),
    "library": Address(ANYONE),
    "podcast": Address(ANYONE),
    "library_feed": Address(ANYONE),
    "library_suggestions": Address(ANYONE),
    "comparison": Address(ANYONE),
    "library_export": Address(ANYONE, args=("form",)),
    "resource": Address(ANYONE, args=RESOURCE),
    "citation": Address(ANYONE, args=RESOURCE),
    "citation_file": Address(ANYONE, args=(*RESOURCE, "form")),
    "resource_linkset": Address(ANYONE, args=RESOURCE),
    "resource_file": Address(ANYONE, args=(*RESOURCE, "file")),
    "resource_named_file": Address(ANYONE, args=(*RESOURCE, "file", "file_name")),
    "resource_file_page": Address(ANYONE, args=(*RESOURCE, "drawn")),
    "collection_list": Address(ANYONE),
    "collection": Address(ANYONE, args=("collection_slug",)),
    "collection_feed": Address(ANYONE, args=("collection_slug",)),
    "developers": Address(ANYONE),
    "api_reference": Address(ANYONE),
    "api_description": Address(ANYONE),
    "api_resources": Address(ANYONE, post=STAFF),
    "api_resource": Address(ANYONE, args=("record",)),
    "api_submission": Address(post=STAFF, args=("record",)),
    "api_publication": Address(post=STAFF, args=("record",)),
    "api_withdrawal": Address(post=STAFF, args=("record",)),
    "api_search": Address(ANYONE),
    "api_countries": Address(ANYONE),
    "api_languages": Address(ANYONE),
    "api_topics": Address(ANYONE),
    "api_organisations": Address(ANYONE),
    "api_nothing": Address(),
    "oai": Address(ANYONE, post=ANYONE),
    "token_list": Address(MEMBERS, post=MEMBERS),
    "token_revocation": Address(STAFF, post=STAFF, args=("token",)),
    "sign_in": Address(ANYONE, post=ANYONE),
    "sign_up": Address(ANYONE, post=ANYONE),
    "sign_out": Address(ANYONE, post=ANYONE),
    "organisation_suggestions": Address(ANYONE),
    "rules": Address(ANYONE),
    "privacy_notice": Address(ANYONE),
    "directory": Address(ANYONE),
    "member": Address(ANYONE, args=("member",)),
    "letter": Address(MEMBERS, post=MEMBERS, args=("member",)),
    "account": Address(MEMBERS),
    "government_post": Address(MEMBERS),
    **{name: Address(MEMBERS, post=MEMBERS) for name in OWN_PAGES},
    "affiliation": Address(DAWIT, post=DAWIT, args=("affiliation",)),
    "affiliation_removal": Address(DAWIT, post=DAWIT, args=("affiliation",)),
    "data_export": Address(DAWIT, args=("export",)),
    "vouching": Address(DAWIT, post=DAWIT, args=("vouching",)),
    "proof_list": Address(STAFF),
    "proof": Address(STAFF, post=STAFF, args=("proof",)),
    "proof_letter": Address(STAFF, args=("proof",)),
    "notification_list": Address(MEMBERS),
    "notification_readings": Address(post=MEMBERS),
    "notification_reading": Address(post=DAWIT, args=("notification",)),
    "notification_settings": Address(MEMBERS, post=MEMBERS),
    "notification_pause": Address(post=MEMBERS),
    "unsubscribe": Address(ANYONE, post=ANYONE, args=("mail_token",)),
    "bookmark_list": Address(MEMBERS),
    "bookmark": Address(MEMBERS, post=MEMBERS, args=RESOURCE),
    "bookmark_removal": Address(MEMBERS, post=MEMBERS, args=RESOURCE),
    "saved_search_list": Address(MEMBERS),
    "saved_search_new": Address(MEMBERS, post=MEMBERS),
    "saved_search_edit": Address(DAWIT, post=DAWIT, args=("saved_search",)),
    "saved_search_removal": Address(DAWIT, post=DAWIT, args=("saved_search",)),
    "saved_search_stop": Address(ANYONE, post=ANYONE, args=("mail_token",)),
    "collection_desk": Address(STAFF),
    "collection_new": Address(STAFF, post=STAFF),
    "collection_edit": Address(STAFF, post=STAFF, args=("collection",)),
    "collection_publication": Address(post=STAFF, args=("collection",)),
    "collection_withdrawal": Address(STAFF, post=STAFF, args=("collection",)),
    "collection_removal": Address(STAFF, post=STAFF, args=("collection_draft",)),
    "collection_items": Address(post=STAFF, args=("collection",), typed={"resource": "record"}),
    "collection_item_comment": Address(post=STAFF, args=("collection", "item")),
    "collection_item_place": Address(post=STAFF, args=("collection", "item")),
    "collection_item_removal": Address(post=STAFF, args=("collection", "item")),
    "tagging": Address(STAFF, post=STAFF),
    "tagging_job": Address(STAFF, args=("job",)),
    "tagging_end": Address(post=STAFF, args=("job",)),
    "imports": Address(STAFF),
    "import_new": Address(STAFF, post=STAFF),
    "import_harvest": Address(STAFF, post=STAFF),
    "import_job": Address(STAFF, args=("bulk",)),
    "import_columns": Address(STAFF, post=STAFF, args=("bulk",)),
    "import_approval": Address(post=STAFF, args=("bulk",)),
    "import_end": Address(post=STAFF, args=("bulk",)),
    "import_resumption": Address(post=STAFF, args=("bulk",)),
    "import_undo": Address(STAFF, post=STAFF, args=("bulk",)),
    "import_again": Address(post=STAFF, args=("harvest",)),
    "import_report": Address(STAFF, args=("bulk",)),
    "links": Address(STAFF),
    "link": Address(STAFF, post=STAFF, args=("link",)),
    "link_check": Address(post=STAFF, args=("link",)),
    "usage": Address(STAFF),
    "usage_report": Address(STAFF),
    "usage_item": Address(STAFF, args=("record",)),
    "desk": Address(STAFF),
    "desk_autosave": Address(post=STAFF),
    "desk_guidance": Address(STAFF, post=STAFF),
    "desk_new": Address(STAFF, post=STAFF, args=("kind",)),
    "desk_new_unsaved": Address(post=STAFF, args=("kind",)),
    "desk_edit": Address(STAFF, post=STAFF, args=RECORD),
    "desk_unsaved": Address(post=STAFF, args=(*RECORD, "kind")),
    "desk_withdrawal": Address(STAFF, post=STAFF, args=("record",)),
    "desk_publication": Address(post=STAFF, args=RECORD),
    "desk_history": Address(STAFF, args=RECORD),
    "desk_revision": Address(STAFF, post=STAFF, args=(*RECORD, "revision")),
    "desk_files": Address(STAFF, post=STAFF, args=("record",)),
    "desk_file_removal": Address(STAFF, post=STAFF, args=("record", "file")),
    "contribution_start": Address(MEMBERS, post=MEMBERS),
    "contribution_copy": Address(MEMBERS, post=MEMBERS, args=("record",)),
    "contributions": Address(MEMBERS),
    "contribution_autosave": Address(post=DAWIT, typed={"autosave-resource": "mine"}),
    "contribution_block": Address(DAWIT, post=DAWIT, args=("block",)),
    "contribution_edit": Address(DAWIT, post=DAWIT, args=("mine",)),
    "contribution_matches": Address(DAWIT, post=DAWIT, args=("mine",)),
    "contribution_unsaved": Address(post=DAWIT, args=("mine",)),
    "contribution_files": Address(DAWIT, post=DAWIT, args=("mine",)),
    "contribution_file_removal": Address(DAWIT, post=DAWIT, args=("mine", "my_file")),
    "contribution_deletion": Address(DAWIT, post=DAWIT, args=("mine",)),
    "submission": Address(DAWIT, args=("handed_in",)),
    "submission_handing_in": Address(DAWIT, post=DAWIT, args=("mine",)),
    "submission_retraction": Address(post=DAWIT, args=("handed_in",)),
    "submission_appeal": Address(DAWIT, post=DAWIT, args=("handed_in",)),
    "submission_messages": Address(post=DAWIT, args=("handed_in",)),
    "desk_queue": Address(STAFF),
    "desk_queue_decisions": Address(post=STAFF),
    "desk_review": Address(STAFF, post=STAFF, args=("handed_in",)),
    "desk_claim": Address(post=STAFF, args=("handed_in",)),
    "desk_messages": Address(post=STAFF, args=("handed_in",)),
    "desk_rights": Address(STAFF, post=STAFF),
    "desk_right_removal": Address(STAFF, post=STAFF, args=("block",)),
    "desk_right_appeal": Address(STAFF, post=STAFF, args=("appeal",)),
}


def names_in(resolver):
    """The names of all addresses below a resolver, but those of the back office, which is tested as a whole."""
    for pattern in resolver.url_patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from names_in(pattern)
        else:
            yield pattern.name


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def kept(dawit):
    """What Dawit was told and keeps."""
    search = actions.save_search(dawit, name="All", text="", filters={}, query="", frequency="off")
    told = Notification.objects.create(member=dawit, subject="resources.contributions")
    return {"notification": told.pk, "saved_search": search.pk, "mail_token": "x"}


def people(dawit):
    """A member everyone may see, and what only Dawit may open: his post, his data, a colleague's question."""
    ministry = Institution.objects.create(name="Ministry of Gender", country=make.country("MWI"))
    amina = make.member("Amina")
    make.profile(amina, shown_to=Audience.PUBLIC)
    make.profile(dawit, affiliations=[{"position": "Analyst"}])
    now = timezone.now()
    proofs = Proof.objects
    proofs.create(
        member=dawit,
        method="mail",
        state="verified",
        institution=ministry,
        token="standing",
        decided_at=now,
        expires_at=now + timedelta(days=9),
    )
    proofs.create(member=amina, method="colleague", institution=ministry, colleague=dawit, token="asked")
    letter = proofs.create(
        member=make.member("Bao"),
        method="letter",
        institution_name="x",
        token="sent",
        letter_type="image/png",
    )
    letter.letter.save("letter", ContentFile(b"letter"))
    return {
        "member": amina.pk,
        "affiliation": dawit.affiliations.get().pk,
        "export": make_export(ask_for_export(dawit)).token,
        "vouching": "asked",
        "proof": "sent",
    }


@pytest.fixture
def world(carla, dawit):
    """One of everything an address can name."""
    topic = make.topic("Cash transfers", slug="cash-transfers")
    resource = make.resource(title="Open to all", topics=[topic], countries=["MWI"])
    draft = actions.draft_resource(Kind.PUBLICATION, title="Not yet", language=make.language(), by=carla)
    file = actions.add_file(resource, ContentFile(b"plain words", name="words.txt"), by=carla)
    mine = make.resource(title="Mine", status=Status.DRAFT, by=dawit)
    my_file = actions.add_file(mine, ContentFile(b"my words", name="mine.txt"), by=dawit)
    handed_in = make.resource(title="Handed in", status=Status.DRAFT, by=dawit)
    block = actions.set_right("blocked", member=dawit, kind=Kind.JOB, reason="Advertisements", by=carla)
    drawn = actions.add_file(resource, upload(pdf_with("The first page")), by=carla)
    tasks.read_files()
    collection = actions.create_collection(title_en="Key readings", by=carla)
    item = actions.put_item(collection, resource, by=carla)
    actions.publish_collection(collection, by=carla)
    linked = make.resource(url="https://example.org/report")
    actions.plan_link_checks()
    given = {"by": carla, "language_id": "en", "status": "stopped", "ended_at": timezone.now()}
    bulk = actions.start_import(form="csv", name="list.csv", source="list", **given)
    harvest = actions.start_import(
        form="oai", name="x", source="x", address="https://example.org/oai", **given
    )
    return (
        people(dawit)
        | kept(dawit)
        | {
            "chapter": "pages",
            "token": create_token(carla, name="Hers", scope="write", days=30)[0].pk,
            "country": "MWI",
            "topic": topic.slug,
            "form": "ris",
            "kind": resource.kind,
            "slug": resource.slug,
            "record": resource.pk,
            "draft": draft.pk,
            "file": file.pk,
            "mine": mine.pk,
            "my_file": my_file.pk,
            "handed_in": make.brought_to(handed_in, Status.SUBMITTED).pk,
            "block": block.pk,
            "appeal": actions.appeal_block(block, "They were not mine", by=dawit).pk,
            "file_name": file.file.name.rpartition("/")[2],
            "drawn": drawn.pk,
            "revision": draft.revisions.latest("number").number,
            "collection": collection.pk,
            "collection_slug": collection.slug,
            "collection_draft": actions.create_collection(title_en="Not yet", by=carla).pk,
            "item": item.pk,
            "link": linked.pk,
            "bulk": bulk.pk,
            "harvest": harvest.pk,
            "job": actions.start_tagging([resource], by=carla, add_topics=[topic]).pk,
        }
    )


@pytest.fixture
def visit(client, request):
    """A function `visit(who, method, name, args, typed)`: the answer one of the cast gets; what it changed is undone."""

    def visit(who, method, name, args=(), typed=None):
        member = None if who == "visitor" else request.getfixturevalue(who)
        with transaction.atomic():
            if member:
                client.force_login(member)
            ask = getattr(client, method)
            # The API knows a member by a token alone.
            token = token_for(member) if member and name.startswith("api_") else {}
            answer = ask(reverse(name, args=args), typed, headers={"Sec-Fetch-Site": "same-origin", **token})
            transaction.set_rollback(True)
        client.cookies.clear()
        return answer

    return visit


def refused(answer):
    """Whether a page was kept from somebody: nothing there, not allowed, or asked to sign in."""
    return answer.status_code in (401, 403, 404) or (
        answer.status_code == 302 and answer["Location"].startswith(reverse("sign_in"))
    )


def verdict(answer):
    if answer.status_code == 405:
        return "not offered"
    return "refused" if refused(answer) else "answered" if answer.status_code < 500 else "broken"


def expected(address, method, who):
    """What may come out for one of the cast. Who is refused may be told so before or after the method is looked at."""
    welcome = address.read if method == "get" else address.post
    if who in welcome:
        return {"answered"}
    is_known = who in address.read + address.post
    return {"not offered"} if is_known and not welcome else {"refused", "not offered"}


def of_allauth():
    """The names of allauth's pages, which lead from step to step and send away whoever skips one."""
    return {
        name for name in names_in(get_resolver()) if name.startswith(("account_", "mfa_", "usersessions_"))
    }


def test_every_address_has_an_entry():
    assert set(names_in(get_resolver())) - of_allauth() == set(ADDRESSES)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_an_account_are_for_its_owner_only(visit, method, who):
    entrances = {
        name for name in of_allauth() if not reverse(name, kwargs=keys_of(name)).startswith("/account/")
    }

    verdicts = {
        name: verdict(visit(who, method, name, list(keys_of(name).values())))
        for name in of_allauth() - entrances
    }

    allowed = {"refused", "not offered"} if who == "visitor" else {"answered", "refused", "not offered"}
    for public in ("mfa_authenticate", "mfa_login_webauthn"):  # steps of a sign-in, under the same roof
        assert verdicts.pop(public) in {"answered", "refused", "not offered"}
    assert {name: found for name, found in verdicts.items() if found not in allowed} == {}


def keys_of(name):
    return {"pk": 1} if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else {}


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_answers_those_it_is_for_and_nobody_else(visit, world, method, who):
    verdicts = {
        name: verdict(
            visit(
                who,
                method,
                name,
                [world[arg] for arg in address.args],
                {name: world[arg] for name, arg in address.typed.items()} if method == "post" else None,
            )
        )
        for name, address in ADDRESSES.items()
    }

    assert {
        name: found for name, found in verdicts.items() if found not in expected(ADDRESSES[name], method, who)
    } == {}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_what_is_not_published_is_not_there_for_others(visit, world, status):
    world["slug"] = make.resource(title="Hidden", status=status).slug

    answers = {
        name: visit("dawit", "get", name, [world[arg] for arg in address.args]).status_code
        for name, address in ADDRESSES.items()
        if "slug" in address.args
    }

    assert set(answers.values()) == {404}


@pytest.mark.parametrize("who", ["visitor", "dawit"])
def test_the_back_office_is_closed(visit, who):
    pages = [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in ("changelist", "add")
    ]

    answers = [visit(who, "get", page) for page in pages]

    assert {answer["Location"].partition("?")[0] for answer in answers} == {reverse("admin:login")}
