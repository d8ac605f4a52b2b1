"""The rules of OAI-PMH 2.0, each asked by GET and by POST."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.models import Kind, Resource, Status
from tests import make
from tests.resources.oai.asking import ask, checked, error_codes, keys, texts, token_of

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("method", ["get", "post"])
LISTS = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@both
def test_the_repository_says_who_it_is(client, method, settings):
    settings.SITE_NAME, settings.CONTACT_EMAIL = "Common <Ground> & Co", "library@example.org"
    resource = make.resource()

    document = ask(client, method, verb="Identify")

    assert texts(
        document, "//oai:repositoryName | //oai:adminEmail | //oai:deletedRecord | //oai:baseURL"
    ) == [
        "Common <Ground> & Co",
        f"{settings.SITE_URL}/oai",
        "library@example.org",
        "persistent",
    ]
    assert texts(document, "//oai:earliestDatestamp") == [f"{resource.updated_at:%Y-%m-%dT%H:%M:%SZ}"]


def test_an_empty_repository_says_who_it_is(client):
    assert error_codes(ask(client, verb="Identify")) == []
    assert error_codes(ask(client, **LISTS)) == ["noRecordsMatch"]


@both
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": ""}, "badVerb"),
        ({"verb": "identify"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": ["Identify", "ListSets"]}, "badVerb"),
        ({"verb": "Identify", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "Identify", "x": "1"}, "badArgument"),
        ({"verb": "GetRecord"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "oai:portal.localdomain:1"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:example.org:1"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:portal.localdomain:0"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:portal.localdomain:²"}, "badArgument"),
        (
            {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:portal.localdomain:{9**40}"},
            "idDoesNotExist",
        ),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "in valid"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "marc", "identifier": "oai:portal.localdomain:1"}, "cannotDisseminateFormat"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:portal.localdomain:0"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListSets", "set": "kind"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListIdentifiers"}, "badArgument"),
        ({**LISTS, "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({**LISTS, "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({**LISTS, "metadataPrefix": "marc 21"}, "badArgument"),
        ({**LISTS, "metadataPrefix": ""}, "badArgument"),
        ({**LISTS, "set": "shelf"}, "noRecordsMatch"),
        ({**LISTS, "set": "kind:shelf"}, "noRecordsMatch"),
        ({**LISTS, "set": "kind:job"}, "noRecordsMatch"),
        ({**LISTS, "set": "country:ATL"}, "noRecordsMatch"),
        ({**LISTS, "set": "topic:a:b:c"}, "noRecordsMatch"),
        ({**LISTS, "set": "kind:"}, "badArgument"),
        ({**LISTS, "set": "kind publication"}, "badArgument"),
        ({**LISTS, "from": "2024"}, "badArgument"),
        ({**LISTS, "from": "2024-02-30"}, "badArgument"),
        ({**LISTS, "from": "2024-01-01T00:00:00"}, "badArgument"),
        ({**LISTS, "from": "2024-01-01T00:00Z"}, "badArgument"),
        ({**LISTS, "from": "2024-01-01T00:00:00.5Z"}, "badArgument"),
        ({**LISTS, "from": "2024-01-01T00:00:00+01:00"}, "badArgument"),
        ({**LISTS, "from": "٢٠٢٤-٠١-٠١"}, "badArgument"),
        ({**LISTS, "from": "2024-01-01", "until": "2025-01-01T00:00:00Z"}, "badArgument"),
        ({**LISTS, "from": "2025-01-02", "until": "2025-01-01"}, "badArgument"),
        ({**LISTS, "from": "2999-01-01"}, "noRecordsMatch"),
        ({**LISTS, "until": "1999-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "invented"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
        ({**LISTS, "resumptionToken": "invented"}, "badArgument"),
    ],
)  # fmt: skip
def test_every_mistake_is_answered_by_its_name(client, method, arguments, code):
    make.resource(countries=["MWI"])

    assert error_codes(ask(client, method, **arguments)) == [code]


def test_a_post_is_read_from_its_body_alone(client):
    answer = client.post(f"{reverse('oai')}?verb=Identify", {"verb": "ListSets"})

    assert texts(checked(answer), "//oai:request/@verb") == ["ListSets"]


def test_the_request_stands_in_the_answer_unless_it_was_not_understood(client):
    understood = ask(client, **LISTS, set="kind:job", until="2999-01-01")
    not_understood = ask(client, **LISTS, colour="green")

    assert dict(understood.find(".//{*}request").attrib) == {
        **LISTS,
        "set": "kind:job",
        "until": "2999-01-01",
    }
    assert dict(not_understood.find(".//{*}request").attrib) == {}


@pytest.mark.parametrize("prefix", ["oai_dc", "oai_datacite"])
@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_valid_in_every_format(client, kind, prefix):
    resource = make.resource(kind)

    document = ask(
        client, verb="GetRecord", metadataPrefix=prefix, identifier=f"oai:portal.localdomain:{resource.pk}"
    )

    assert keys(document) == ([resource.pk], [])


def full_resource():
    return make.resource(
        title="Cash & <care>",
        summary="Bells \x07 are not XML; \ud83d is not a letter".replace("\ud83d", "💥"),
        countries=["MWI", "ZMB"],
        topics=[make.topic("Cash transfers", parent=make.topic("Social assistance"))],
        organisations=[
            (make.organisation("UNICEF"), "publisher"),
            (make.organisation("Irish Aid"), "funder"),
        ],
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esther", "orcid": "0000-0002-1825-0097"},
            {"family_name": "World Bank", "is_body": True, "role": "editor"},
        ],
        identifiers=[("doi", "10.1234/ABC"), ("isbn", "978-92-2-000000-1")],
        url="https://example.org/report.pdf?a=1&b=2",
        licence="CC BY 4.0",
        published_precision="month",
        detail={"type": "working_paper"},
    )


def test_dublin_core_holds_what_the_record_holds(client):
    resource = full_resource()

    document = ask(
        client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:portal.localdomain:{resource.pk}"
    )

    said = [
        (one.tag.rpartition("}")[2], one.text)
        for one in document.iterfind(".//{http://purl.org/dc/elements/1.1/}*")
    ]
    assert said == [
        ("title", "Cash & <care>"),
        ("creator", "Chirwa, Esther"),
        ("subject", "Cash transfers"),
        ("description", "Bells  are not XML; 💥 is not a letter"),
        ("publisher", "UNICEF"),
        ("contributor", "World Bank"),
        ("date", "2024-05"),
        ("type", "Text"),
        ("type", "Working paper"),
        ("identifier", f"http://localhost:8000{resource.get_absolute_url()}"),
        ("identifier", "https://doi.org/10.1234/abc"),
        ("identifier", "urn:isbn:978-92-2-000000-1"),
        ("relation", "https://example.org/report.pdf?a=1&b=2"),
        ("language", "en"),
        ("coverage", "Malawi"),
        ("coverage", "Zambia"),
        ("rights", "CC BY 4.0"),
    ]  # fmt: skip


def test_datacite_holds_what_the_record_holds(client):
    resource = full_resource()

    document = ask(
        client,
        verb="GetRecord",
        metadataPrefix="oai_datacite",
        identifier=f"oai:portal.localdomain:{resource.pk}",
    )

    said = {
        name: texts(document, f"//datacite:{name}")
        for name in [
            "identifier",
            "creatorName",
            "nameIdentifier",
            "contributorName",
            "publicationYear",
            "funderName",
        ]
    }
    assert said == {
        "identifier": ["10.1234/abc"],
        "creatorName": ["Chirwa, Esther"],
        "nameIdentifier": ["0000-0002-1825-0097"],
        "contributorName": ["World Bank"],
        "publicationYear": ["2024"],
        "funderName": ["Irish Aid"],
    }
    assert texts(document, "//datacite:resourceType/@resourceTypeGeneral") == ["Report"]


def test_records_read_the_same_in_every_language(client):
    make.resource()

    english = ask(client, **LISTS)
    french = checked(client.get(reverse("oai"), LISTS, headers={"Accept-Language": "fr"}))

    assert texts(french, "//dc:type") == texts(english, "//dc:type") == ["Text", "Publication"]


def test_a_record_names_its_sets_and_every_set_gives_it_back(client):
    area = make.topic("Social assistance")
    topic = make.topic("Cash transfers", parent=area)
    resource = make.resource(countries=["MWI"], topics=[topic])
    make.resource(Kind.JOB, language_code="fr")

    specs = texts(
        ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set="country:MWI"), "//oai:setSpec"
    )

    assert specs == [
        "kind:publication",
        "language:en",
        "country:MWI",
        "topic:social-assistance:cash-transfers",
    ]
    for spec in [*specs, "country", "topic", "topic:social-assistance"]:
        assert keys(ask(client, **LISTS, set=spec)) == ([resource.pk], [])


def test_the_list_of_sets_holds_the_sets_of_every_record(client):
    make.resource(countries=["MWI"], topics=[make.topic("Cash transfers")])
    make.resource(Kind.JOB, language_code="ar", countries=["JOR"], status=Status.WITHDRAWN)
    make.resource(countries=["CHL"], language_code="sw", status=Status.DRAFT)

    listed = texts(ask(client, verb="ListSets"), "//oai:set/oai:setSpec")
    named = texts(ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc"), "//oai:header/oai:setSpec")

    assert set(named) - set(listed) == set()
    assert {"country:CHL", "language:sw"} & set(listed) == set()
    assert len(listed) == len(set(listed))


def test_only_what_was_published_is_there_and_what_was_withdrawn_is_deleted_without_a_word_of_it(client):
    published = make.resource()
    withdrawn = make.resource(title="Zanzibarquux", summary="Zanzibarquux", status=Status.WITHDRAWN)
    hidden = [
        make.resource(title="Zanzibarquux", status=status) for status in (Status.DRAFT, Status.SUBMITTED)
    ]

    answer = client.get(reverse("oai"), LISTS)

    assert keys(checked(answer)) == ([published.pk], [withdrawn.pk])
    assert "Zanzibarquux" not in answer.content.decode()
    for resource in hidden:
        identifier = f"oai:portal.localdomain:{resource.pk}"
        asked = ask(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
        assert error_codes(asked) == ["idDoesNotExist"]


def test_dates_bound_a_list_to_the_second_and_to_the_day(client):
    resource = make.resource()
    Resource.objects.filter(pk=resource.pk).update(updated_at="2024-03-31T23:59:59.750Z")
    inside = [
        {"since": "2024-03-31", "until": "2024-03-31"},
        {"since": "2024-03-31T23:59:59Z", "until": "2024-03-31T23:59:59Z"},
        {"until": "9999-12-31"},
    ]
    outside = [{"since": "2024-04-01"}, {"until": "2024-03-31T23:59:58Z"}, {"until": "2024-03-30"}]

    assert [keys(ask(client, **LISTS, **dates))[0] for dates in inside] == [[resource.pk]] * 3
    assert [error_codes(ask(client, **LISTS, **dates)) for dates in outside] == [["noRecordsMatch"]] * 3


def test_a_token_serves_only_the_verb_it_was_given_for(client, monkeypatch):
    monkeypatch.setattr("resources.oai.records.RECORDS_A_PAGE", 1)
    make.resource(), make.resource()
    token = token_of(ask(client, **LISTS))

    assert error_codes(ask(client, verb="ListIdentifiers", resumptionToken=token)) == ["badResumptionToken"]
    assert error_codes(ask(client, verb="ListRecords", resumptionToken=token + "x")) == ["badResumptionToken"]
    assert error_codes(ask(client, verb="ListRecords", resumptionToken=token)) == []


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(reverse("oai")).status_code == 405


def test_too_many_requests_are_told_when_to_come_back(client, settings):
    settings.OAI_BUDGET = 2

    answers = [client.get(reverse("oai"), {"verb": "Identify"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 503]
    assert 0 < int(answers[2]["Retry-After"]) <= 60


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arguments=st.dictionaries(
        st.sampled_from(
            ["verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "é\x00"]
        ),
        st.sampled_from(
            ["ListRecords", "GetRecord", "oai_dc", "2024-01-01", "topic:x", "\x00", "\ufffe", "'\"<"]
        )
        | st.text(max_size=30),
    )
)
def test_whatever_is_asked_the_answer_is_valid(client, settings, arguments):
    settings.OAI_BUDGET = 10**6

    ask(client, **arguments)
