"""No visitor sees what `visible_to` hides: not on a page, in a count, a feed, a suggestion, or the index."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import actions
from resources.models import Kind, Status
from search import find as search_find
from tests import make
from tests.resources.oai.asking import harvest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

SECRET = "zanzibarquux"
PLACES = [
    ("home", {}),
    ("library", {}),
    ("library", {"q": SECRET}),
    ("library", {"kind": "publication", "country": "MWI"}),
    ("library", {"sort": "title"}),
    ("library_feed", {}),
    ("library_feed", {"q": SECRET}),
    ("library_suggestions", {"q": SECRET[:6]}),
    ("search", {"q": SECRET}),
    ("topic_list", {}),
    ("country_list", {}),
    ("api_resources", {}),
    ("api_resources", {"order": "changed", "kind": "publication", "country": "MWI"}),
    ("api_resources", {"status": ["draft", "submitted", "withdrawn"]}),
    ("api_search", {}),
    ("api_search", {"q": SECRET, "facets": "kind,country,topic,language,organisation,year"}),
    ("oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}),
    ("oai", {"verb": "ListRecords", "metadataPrefix": "oai_datacite", "set": "country:MWI"}),
]
PLACES_OF_MEMBERS = ["contributions", "contribution_start"]


@pytest.fixture(autouse=True)
def without_limits(settings):
    settings.API_BUDGET = settings.OAI_BUDGET = settings.FACET_BUDGET = settings.FACET_BUDGET_FOR_ALL = 10**6


def everything_shown(client, index):
    """All that a visitor gets to read, on every page that lists or counts."""
    index.refresh()
    pages = [client.get(reverse(name), data) for name, data in PLACES]
    pages += [client.get(reverse(name)) for name in PLACES_OF_MEMBERS]
    pages.append(client.get(reverse("country", args=["mwi"]), follow=True))
    pages.append(client.get(reverse("topic", args=["cash-transfers"])))
    return "".join(page.content.decode() for page in pages).replace(f'value="{SECRET}"', "")


HIDDEN = [
    *((kind, Status.DRAFT, "nobody") for kind in Kind if kind != Kind.COUNTRY),
    *((kind, Status.WITHDRAWN, "another member") for kind in Kind if kind != Kind.COUNTRY),
    *((Kind.PUBLICATION, status, "nobody") for status in Status if status != Status.PUBLISHED),
    *((Kind.PUBLICATION, status, "another member") for status in Status if status != Status.PUBLISHED),
]


@pytest.mark.parametrize(("kind", "status", "visitor"), HIDDEN)
def test_what_is_not_published_is_nowhere(client, index, kind, status, visitor):
    if visitor != "nobody":
        client.force_login(make.member("Bao"))
    topic = make.topic("Cash transfers")
    hidden = make.resource(
        kind,
        title=f"Title {SECRET}title",
        summary=f"Text {SECRET}text",
        countries=["MWI"],
        topics=[topic],
        by=make.member("Dawit"),
        status=Status.DRAFT,
    )
    hidden = make.brought_to(hidden, status)

    shown = everything_shown(client, index)

    assert f"{SECRET}title" not in shown
    assert f"{SECRET}text" not in shown
    assert search_find.find(SECRET).total == 0
    assert client.get(hidden.get_absolute_url()).status_code == (410 if status == Status.WITHDRAWN else 404)
    address = reverse("api_resource", args=[hidden.pk])
    assert client.get(address).status_code == (410 if status == Status.WITHDRAWN else 404)


def test_a_withdrawal_reaches_every_page_at_once(client, index):
    topic = make.topic("Cash transfers")
    resource = make.resource(title=f"Title {SECRET}title", countries=["MWI"], topics=[topic])
    assert f"{SECRET}title" in everything_shown(client, index)

    actions.withdraw_resource(resource, reason="Sent by mistake")

    assert f"{SECRET}title" not in everything_shown(client, index)


def test_a_stale_index_discloses_nothing(client, index):
    resource = make.resource(title=f"Title {SECRET}title", summary=f"Text {SECRET}text")
    make.unseen(
        resource,
        Status.WITHDRAWN,
        withdrawn_at=resource.published_at,
        withdrawal_reason="Behind the index's back",
    )

    index.refresh()

    asked = [
        ("library", "q"),
        ("library_feed", "q"),
        ("library_suggestions", "q"),
        ("search", "q"),
        ("api_search", "q"),
        ("library_export", "q"),
    ]
    pages = [
        client.get(
            reverse(name, args=["ris"] if name == "library_export" else []), {parameter: f"{SECRET}title"}
        ).content.decode()
        for name, parameter in asked
    ]

    assert [f"Title {SECRET}title" in page or f"{SECRET}text" in page for page in pages] == [False] * len(
        pages
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from([*Status.values, "edit"]), max_size=8))
def test_whatever_happened_index_api_and_harvest_hold_exactly_what_is_published(client, index, steps):
    resource = make.resource(title=f"Work {SECRET}", status=Status.DRAFT)
    index.refresh()
    before = search_find.find(SECRET).total

    for step in steps:
        try:
            if step == "edit":
                actions.edit_resource(resource, summary="Edited")
            else:
                resource = make.take_step(resource, step)
        except actions.IllegalTransition:
            continue

    resource.refresh_from_db()
    index.refresh()
    assert search_find.find(SECRET).total - before == (1 if resource.is_published else 0)
    assert (
        client.get(reverse("api_resource", args=[resource.pk])).status_code == 200
    ) == resource.is_published
    assert (resource.pk in harvest(client)) == resource.is_published


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(Status.values), max_size=8))
def test_whatever_happened_a_contribution_exists_for_its_member_and_the_editors_until_it_is_published(
    steps, client
):
    dawit, bao, carla = (make.member(name, is_staff=name == "Carla") for name in ("Dawit", "Bao", "Carla"))
    resource = make.resource(
        title="A report", summary="Words", body="Text", by=dawit, status=Status.DRAFT, language_code="en"
    )

    for step in steps:
        try:
            resource = make.take_step(resource, step)
        except actions.IllegalTransition:
            continue

    seen = {}
    for name, member in [("dawit", dawit), ("carla", carla), ("bao", bao), ("nobody", None)]:
        client.force_login(member) if member else client.logout()
        answer = client.get(resource.get_absolute_url())
        seen[name] = (answer.status_code, client.get(reverse("submission", args=[resource.pk])).status_code)
    page = {Status.PUBLISHED: 200, Status.WITHDRAWN: 410}.get(resource.status, 404)
    own_page = 410 if resource.status == Status.WITHDRAWN else 200
    assert seen == {
        "dawit": (own_page, 200),
        "carla": (own_page, 404),
        "bao": (page, 404),
        "nobody": (page, 302),
    }
