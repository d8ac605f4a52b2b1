"""Who may open what: every address of the site × the cast × GET and POST, from the URL tree itself.

An address without an entry in ADDRESSES fails `test_every_address_has_an_entry`, so a new page cannot come without
somebody saying whose it is.
"""

from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from resources import actions
from resources.models import Kind, Status
from tests import make

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
    "collection_list": Address(ANYONE),
    "collection": Address(ANYONE, args=("collection_slug",)),
    "collection_feed": Address(ANYONE, args=("collection_slug",)),
    "sign_in": Address(ANYONE, post=ANYONE),
    "sign_out": Address(post=ANYONE),
    "collection_desk": Address(STAFF),
    "collection_new": Address(STAFF, post=STAFF),
    "collection_edit": Address(STAFF, post=STAFF, args=("collection",)),
    "collection_publication": Address(post=STAFF, args=("collection",)),
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


@pytest.fixture
def world(carla):
    """One of everything an address can name."""
    topic = make.topic("Cash transfers", slug="cash-transfers")
    resource = make.resource(title="Open to all", topics=[topic], countries=["MWI"])
    draft = actions.draft_resource(Kind.PUBLICATION, title="Not yet", language=make.language(), by=carla)
    file = actions.add_file(resource, ContentFile(b"plain words", name="words.txt"), by=carla)
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
    return {
        "chapter": "pages",
        "country": "MWI",
        "topic": topic.slug,
        "form": "ris",
        "kind": resource.kind,
        "slug": resource.slug,
        "record": resource.pk,
        "draft": draft.pk,
        "file": file.pk,
        "revision": draft.revisions.latest("number").number,
        "collection": collection.pk,
        "collection_slug": collection.slug,
        "item": item.pk,
        "link": linked.pk,
        "bulk": bulk.pk,
        "harvest": harvest.pk,
        "job": actions.start_tagging([resource], by=carla, add_topics=[topic]).pk,
    }


@pytest.fixture
def visit(client, request):
    """A function `visit(who, method, name, args, typed)`: the answer one of the cast gets; what it changed is undone."""

    def visit(who, method, name, args=(), typed=None):
        member = None if who == "visitor" else request.getfixturevalue(who)
        with transaction.atomic():
            if member:
                client.force_login(member)
            ask = getattr(client, method)
            answer = ask(reverse(name, args=args), typed, headers={"Sec-Fetch-Site": "same-origin"})
            transaction.set_rollback(True)
        client.cookies.clear()
        return answer

    return visit


def refused(answer):
    """Whether a page was kept from somebody: nothing there, not allowed, or asked to sign in."""
    return answer.status_code in (403, 404) or (
        answer.status_code == 302 and answer["Location"].startswith(reverse("sign_in"))
    )


def verdict(answer):
    if answer.status_code == 405:
        return "not offered"
    return "refused" if refused(answer) else "answered" if answer.status_code < 500 else "broken"


def expected(address, method, who):
    """What may come out for one of the cast. Who is refused may be told so before or after the method is looked at."""
    if who in (address.read if method == "get" else address.post):
        return {"answered"}
    return {"not offered"} if who in address.read + address.post else {"refused", "not offered"}


def test_every_address_has_an_entry():
    assert set(names_in(get_resolver())) == set(ADDRESSES)


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
