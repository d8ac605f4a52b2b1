"""Reading over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import actions
from resources.models import Kind, Resource, ResourceIdentifier, Status
from tests import make
from tests.api import assert_fits, call, pointers, token_for

pytestmark = pytest.mark.django_db


def ids(answer):
    return [one["id"] for one in answer.data["results"]]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_the_shape_that_is_described(client, kind):
    resource = make.resource(kind)

    answer = call(client, "get", "api_resource", args=[resource.pk])

    assert answer.status_code == 200
    assert (answer.data["id"], answer.data["kind"], answer.data["title"]) == (
        resource.pk,
        kind,
        resource.title,
    )
    assert_fits(answer.data, f"{kind.capitalize()}Resource")


def test_a_resource_tells_all_that_is_known_of_it(client):
    resource = make.resource(
        title="Cash transfers",
        countries=["ZMB", "MWI"],
        topics=[make.topic("Cash transfers")],
        organisations=[(make.organisation("UNICEF", slug="unicef"), "publisher")],
        contributors=[{"family_name": "Chirwa", "given_name": "E."}],
        identifiers=[("doi", "10.1234/ABC")],
        other_languages=[make.language("fr")],
        detail={"type": "report", "volume": "3"},
    )
    other = make.resource(language_code="pt", work=resource.work)

    data = call(client, "get", "api_resource", args=[resource.pk]).data

    assert data["countries"] == ["MWI", "ZMB"]
    assert data["topics"] == ["cash-transfers"]
    assert data["organisations"] == [{"organisation": "unicef", "name": "UNICEF", "role": "publisher"}]
    assert data["contributors"] == [
        {"role": "author", "family_name": "Chirwa", "given_name": "E.", "is_body": False, "orcid": ""}
    ]
    assert data["identifiers"] == [{"scheme": "doi", "value": "10.1234/abc"}]
    assert (data["language"], data["other_languages"]) == ("en", ["fr"])
    assert (data["detail"]["type"], data["detail"]["volume"]) == ("report", "3")
    assert data["translations"] == [{"id": other.pk, "language": "pt", "version": 1}]
    assert data["page"] == f"http://localhost:8000{resource.get_absolute_url()}"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_what_is_not_published_is_there_only_for_whom_it_exists(client, carla, dawit, bao, status):
    resource = make.resource(status=status, by=dawit)

    asked = {
        who: call(client, "get", "api_resource", args=[resource.pk], member=member).status_code
        for who, member in [("nobody", None), ("bao", bao), ("dawit", dawit), ("carla", carla)]
    }
    listed = {
        who: ids(call(client, "get", "api_resources", member=member))
        for who, member in [("nobody", None), ("bao", bao), ("dawit", dawit), ("carla", carla)]
    }

    assert asked == {"nobody": 404, "bao": 404, "dawit": 200, "carla": 200}
    assert listed == {"nobody": [], "bao": [], "dawit": [resource.pk], "carla": [resource.pk]}


def test_what_was_withdrawn_says_so_and_why(client):
    resource = make.resource(title="Zanzibarquux", status=Status.WITHDRAWN, reason="Asked for by its author")

    answer = call(client, "get", "api_resource", args=[resource.pk])

    assert (answer.status_code, answer.data["detail"]) == (410, "Asked for by its author")
    assert "Zanzibarquux" not in answer.content.decode()


def test_a_resource_that_is_not_for_the_reader_is_not_pointed_to_either(client, carla):
    hidden = make.resource(Kind.LAW, status=Status.DRAFT)
    shown = make.resource(Kind.LAW)
    law = make.resource(Kind.LAW, detail={"amends": hidden, "repeals": shown})
    hidden_version = make.resource(work=law.work, kind=Kind.LAW, language_code="fr", status=Status.DRAFT)

    for_all = call(client, "get", "api_resource", args=[law.pk]).data
    for_staff = call(client, "get", "api_resource", args=[law.pk], member=carla).data

    assert (for_all["detail"]["amends"], for_all["detail"]["repeals"]) == (None, shown.pk)
    assert (for_staff["detail"]["amends"], for_staff["detail"]["repeals"]) == (hidden.pk, shown.pk)
    assert hidden_version.pk not in [one["id"] for one in for_all["translations"]]


def test_filters_narrow_a_list(client):
    topic = make.topic("Cash transfers", parent=make.topic("Social assistance"))
    wanted = make.resource(
        Kind.NEWS,
        language_code="fr",
        countries=["MWI"],
        topics=[topic],
        organisations=[make.organisation(slug="unicef")],
        identifiers=[("doi", "10.1234/abc")],
    )
    make.resource(countries=["ZMB"])

    narrowed = [
        ids(call(client, "get", "api_resources", **{name: value}))
        for name, value in [
            ("kind", "news"),
            ("language", "fr"),
            ("country", "MWI"),
            ("topic", "cash-transfers"),
            ("topic", "social-assistance"),
            ("organisation", "unicef"),
            ("doi", "https://doi.org/10.1234/ABC"),
            ("work", wanted.work_id),
        ]
    ]

    assert narrowed == [[wanted.pk]] * len(narrowed)


@pytest.mark.parametrize("order", ["newest", "changed"])
def test_the_pages_of_a_list_hold_each_resource_once(client, order):
    made = [make.resource().pk for _ in range(7)]
    expected = made if order == "changed" else made[::-1]

    answer = call(client, "get", "api_resources", order=order, per_page=3)
    pages = [ids(answer)]
    while answer.data["next"]:
        assert f'<{answer.data["next"]}>; rel="next"' == answer["Link"]
        answer = client.get(answer.data["next"])
        answer.data = answer.json()
        pages.append(ids(answer))

    assert pages == [expected[:3], expected[3:6], expected[6:]]


def test_a_list_by_change_goes_on_where_it_was_left(client):
    first, second = make.resource(), make.resource()
    since = Resource.objects.get(pk=second.pk).updated_at.isoformat()
    actions.edit_resource(first, summary="New words")

    assert ids(call(client, "get", "api_resources", order="changed", updated_since=since)) == [
        second.pk,
        first.pk,
    ]


def test_only_the_fields_asked_for_are_given(client):
    resource = make.resource(title="Cash")

    one = call(client, "get", "api_resource", args=[resource.pk], fields="title,year").data
    listed = call(client, "get", "api_resources", fields="title").data["results"]

    assert one == {"id": resource.pk, "kind": "publication", "title": "Cash", "year": 2024}
    assert listed == [{"id": resource.pk, "kind": "publication", "title": "Cash"}]


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"colour": "green"}, ["colour"]),
        ({"kind": "shelf"}, ["kind"]),
        ({"country": "ATL"}, ["country"]),
        ({"per_page": "0"}, ["per_page"]),
        ({"per_page": "many"}, ["per_page"]),
        ({"order": "random"}, ["order"]),
        ({"fields": "title,colour"}, ["fields"]),
        ({"cursor": "invented"}, ["cursor"]),
        ({"updated_since": "yesterday"}, ["updated_since"]),
        ({"work": "x"}, ["work"]),
        ({"topic": "\x00"}, ["topic"]),
        ({"organisation": "a\x00b"}, ["organisation"]),
        ({"colour": "green", "per_page": "0"}, ["colour", "per_page"]),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(client, parameters, wrong):
    answer = call(client, "get", "api_resources", **parameters)

    assert (answer.status_code, pointers(answer)) == (400, wrong)


def test_a_cursor_opens_only_the_list_it_was_made_for(client):
    for _ in range(3):
        make.resource()
    cursor = call(client, "get", "api_resources", per_page=1).data["next"].partition("cursor=")[2]

    answer = call(client, "get", "api_resources", order="changed", cursor=cursor)

    assert (answer.status_code, pointers(answer)) == (400, ["cursor"])


def test_what_was_read_already_is_not_sent_again(client):
    resource = make.resource()
    etag = call(client, "get", "api_resource", args=[resource.pk])["ETag"]

    same = call(client, "get", "api_resource", args=[resource.pk], headers={"If-None-Match": etag})
    actions.edit_resource(resource, summary="New words")
    changed = call(client, "get", "api_resource", args=[resource.pk], headers={"If-None-Match": etag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


@pytest.mark.parametrize("per_page", [1, 20])
def test_a_list_costs_the_same_for_one_and_for_twenty(client, per_page):
    for n in range(20):
        make.resource(
            countries=["MWI"],
            topics=[make.topic(f"Topic {n}")],
            organisations=[make.organisation()],
            contributors=[{"family_name": "Chirwa"}],
            identifiers=[(ResourceIdentifier.Scheme.ISBN, "1")],
        )
    call(client, "get", "api_resources")

    with CaptureQueriesContext(connection) as queries:
        call(client, "get", "api_resources", per_page=per_page)

    assert len(queries) == 11


def test_a_wrong_token_is_refused_even_where_none_is_needed(client, dawit):
    headers = token_for(dawit, "read")
    row = dawit.api_tokens.get()
    opened = call(client, "get", "api_resources", headers=headers)
    dawit.is_active = False
    dawit.save()

    answers = [
        call(client, "get", "api_resources", headers={"Authorization": value})
        for value in ["Bearer nonsense", "Basic abc", "Bearer", headers["Authorization"], "Bearer \xff"]
    ]

    assert opened.status_code == 200
    assert [(a.status_code, a["WWW-Authenticate"]) for a in answers] == [(401, 'Bearer realm="api"')] * 5
    assert row.last_used_at is None


def test_every_error_is_a_problem_document(client):
    missing = client.get("/api/v1/nothing/")
    not_json = client.post("/api/v1/resources/", "x", content_type="text/plain")
    unwanted = client.get("/api/v1/resources/", headers={"Accept": "text/html"})
    deleted = client.delete("/api/v1/resources/1/")

    answers = [missing, not_json, unwanted, deleted]
    assert [answer["Content-Type"] for answer in answers] == ["application/problem+json"] * 4
    assert [answer.status_code for answer in answers] == [404, 401, 406, 405]


def test_who_asks_too_much_is_told_when_to_come_back(client, settings, dawit):
    settings.API_BUDGET, settings.API_BUDGET_FOR_MEMBERS = 2, 3

    answers = [call(client, "get", "api_resources") for _ in range(3)]
    with_token = call(client, "get", "api_resources", member=dawit)

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert (with_token.status_code, with_token["RateLimit-Limit"]) == (200, "3")


def test_answers_of_the_api_are_kept_by_nobody(client):
    answer = call(client, "get", "api_resources")

    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer.cookies == {}


def test_a_mistake_of_ours_is_a_problem_document_that_tells_nothing(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("resources.api.resources.slice_of", lambda *_args: 1 / 0)

    answer = call(client, "get", "api_resources")

    assert (answer.status_code, answer.data["title"]) == (500, "Internal Server Error")
    assert "division" not in answer.content.decode()
