"""A harvest gives exactly what is published, whatever happens while it runs."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from resources import actions
from resources.models import Kind, Resource, Status
from tests import make
from tests.resources.oai.asking import ask, harvest, keys, texts, token_of

LISTS = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr("resources.oai.records.RECORDS_A_PAGE", 3)
    monkeypatch.setattr("resources.oai.records.HEADERS_A_PAGE", 3)


def published():
    return set(Resource.objects.published().values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_the_pages_of_a_list_hold_each_record_once(client, verb):
    made = [make.resource().pk for _ in range(8)]
    Resource.objects.update(updated_at="2024-01-01T00:00:00.5Z")  # one moment for all, as after an import

    document = ask(client, verb=verb, metadataPrefix="oai_dc")
    pages, places = [keys(document)[0]], texts(document, "//oai:resumptionToken/@cursor")
    while token := token_of(document):
        document = ask(client, verb=verb, resumptionToken=token)
        pages.append(keys(document)[0])
        places += texts(document, "//oai:resumptionToken/@cursor")

    assert pages == [made[:3], made[3:6], made[6:]]
    assert places == ["0", "3", "6"]
    assert texts(document, "//oai:resumptionToken/@completeListSize") == ["8"]


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_a_list_that_fits_one_page_has_no_token(client):
    for _ in range(3):
        make.resource()

    assert texts(ask(client, **LISTS), "//oai:resumptionToken") == []


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_the_same_token_gives_the_same_page_again(client):
    for _ in range(7):
        make.resource()
    token = token_of(ask(client, **LISTS))

    first, again = (keys(ask(client, verb="ListRecords", resumptionToken=token)) for _ in range(2))

    assert first == again


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_bounds_and_set_hold_on_every_page(client):
    inside = {make.resource(countries=["MWI"]).pk for _ in range(7)}
    make.resource(countries=["ZMB"])
    early = make.resource(countries=["MWI"])
    Resource.objects.filter(pk=early.pk).update(updated_at="2020-01-01T00:00:00Z")

    assert harvest(client, set="country:MWI", **{"from": "2020-01-02"}, until="2100-01-01") == inside


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("seed", range(8))
def test_a_harvest_holds_what_is_published_at_its_end_whatever_was_changed_meanwhile(client, seed):
    dice = random.Random(seed)
    for _ in range(12):
        make.resource()

    def change(page):
        if page > 5:
            return
        for resource in dice.sample(list(Resource.objects.published()), 2):
            if dice.random() < 0.5:
                actions.edit_resource(resource, summary=f"Edited after page {page}")
            else:
                actions.withdraw_resource(resource, reason="Asked for by its author")
        make.resource()
        make.resource(status=Status.DRAFT)
        gone = Resource.objects.withdrawn().order_by("?").first()
        if gone and dice.random() < 0.3:
            actions.publish_resource(gone)

    held = harvest(client, between=change)

    assert held == published()


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_what_changes_after_a_bounded_harvest_comes_with_the_next(client):
    resources = [make.resource() for _ in range(8)]
    Resource.objects.update(updated_at="2024-01-01T00:00:00Z")

    held = harvest(
        client,
        until="2024-12-31",
        between=lambda page: actions.withdraw_resource(resources[7], reason="Gone"),
    )
    alive, deleted = keys(ask(client, **LISTS, since="2025-01-01"))

    assert held == {resource.pk for resource in resources[:7]}
    assert (alive, deleted) == ([], [resources[7].pk])


@pytest.mark.django_db
@pytest.mark.usefixtures("short_pages")
def test_a_harvest_needs_no_index(client, index):
    for _ in range(4):
        make.resource()
    token = token_of(ask(client, **LISTS))

    index.sync()

    assert len(keys(ask(client, verb="ListRecords", resumptionToken=token))[0]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "count"), [("ListRecords", 9), ("ListIdentifiers", 4)])
def test_a_page_costs_the_same_for_one_record_and_for_twenty(client, verb, count):
    costs = []
    for more in (1, 19):
        for _ in range(more):
            make.resource(
                countries=["MWI", "ZMB"],
                topics=[make.topic(f"Topic {random.random()}")],
                organisations=[make.organisation()],
                contributors=[{"family_name": "Chirwa", "given_name": "E."}],
                identifiers=[("isbn", "1")],
            )
        ask(client, verb=verb, metadataPrefix="oai_dc")
        with CaptureQueriesContext(connection) as queries:
            ask(client, verb=verb, metadataPrefix="oai_dc")
        costs.append(len(queries))

    assert costs == [count, count]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("short_pages")
def test_a_strict_client_harvests_the_library(live_server):
    alive = {make.resource(kind).pk for kind in Kind.values}
    gone = make.resource(status=Status.WITHDRAWN).pk
    sickle = Sickle(live_server.url + reverse("oai"))

    identity = sickle.Identify()
    records = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    headers = list(sickle.ListIdentifiers(metadataPrefix="oai_datacite"))
    one = sickle.GetRecord(metadataPrefix="oai_datacite", identifier=records[0].header.identifier)

    def number(header):
        return int(header.identifier.rpartition(":")[2])

    assert (identity.protocolVersion, identity.deletedRecord) == ("2.0", "persistent")
    assert {number(r.header) for r in records if not r.deleted} == alive
    assert {number(h) for h in headers if h.deleted} == {gone}
    assert [f.metadataPrefix for f in sickle.ListMetadataFormats()] == ["oai_dc", "oai_datacite"]
    assert "kind:publication" in [s.setSpec for s in sickle.ListSets()]
    assert one.metadata["title"] == records[0].metadata["title"]
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", set="kind:nothing")
