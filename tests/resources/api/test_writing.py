"""Writing over the API: only who may, only through the actions, never over what was not read."""

import json
import threading

import pytest
from django.db import connection
from django.urls import reverse

from activity.models import Activity
from members.models import ApiAnswer
from resources.models import Kind, Resource, Status
from tests import make
from tests.api import assert_fits, call, pointers, token_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    make.language("en"), make.country("MWI"), make.topic("Cash transfers"), make.organisation(slug="unicef")
    return {
        "kind": "publication",
        "title": "Cash transfers",
        "language": "en",
        "summary": "What they cost",
        "published_on": "2024-05-17",
        "countries": ["MWI"],
        "topics": ["cash-transfers"],
        "organisations": [{"organisation": "unicef", "role": "publisher"}],
        "contributors": [{"family_name": "Chirwa", "orcid": "0000-0002-1825-0097"}],
        "identifiers": [{"scheme": "doi", "value": "https://doi.org/10.1234/ABC"}],
        "detail": {"type": "report"},
    }


def mark_of(client, resource, member):
    return call(client, "get", "api_resource", args=[resource.pk], member=member)["ETag"]


@pytest.mark.parametrize("value", [7, True, 1.5])
def test_a_text_must_be_sent_as_text(client, carla, body, value):
    answers = [
        call(client, "post", "api_resources", body=body | change, member=carla)
        for change in ({"title": value}, {"detail": {"container": value}}, {"language": value})
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_staff_draft_publish_and_withdraw(client, carla, body):
    drafted = call(client, "post", "api_resources", body=body, member=carla)
    key = drafted.data["id"]
    published = call(client, "post", "api_publication", args=[key], member=carla)
    withdrawn = call(
        client, "post", "api_withdrawal", args=[key], body={"reason": "Wrong file"}, member=carla
    )

    assert (drafted.status_code, drafted["Location"]) == (
        201,
        f"http://localhost:8000/api/v1/resources/{key}/",
    )
    assert [answer.data["status"] for answer in (drafted, published, withdrawn)] == [
        "draft",
        "published",
        "withdrawn",
    ]
    assert_fits(drafted.data, "PublicationResource")
    done = Activity.objects.filter(subject_id=key, actor=carla, verb__startswith="resources.")
    verbs = done.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["resources.drafted", "resources.published", "resources.withdrawn"]
    assert Resource.objects.get(pk=key).withdrawal_reason == "Wrong file"


def test_what_is_sent_is_what_is_kept(client, carla, body):
    data = call(client, "post", "api_resources", body=body, member=carla).data

    sent = {
        **body,
        "organisations": [{**body["organisations"][0], "name": data["organisations"][0]["name"]}],
        "contributors": [
            {"role": "author", "family_name": "Chirwa", "given_name": "", "is_body": False, "orcid": "0000-0002-1825-0097"}
        ],
        "identifiers": [{"scheme": "doi", "value": "10.1234/abc"}],
        "detail": {**data["detail"], "type": "report"},
    }  # fmt: skip
    assert {name: data[name] for name in body} == sent


@pytest.mark.parametrize("kind", Kind.values)
def test_what_was_read_may_be_sent_back_and_changes_nothing(client, carla, kind):
    resource = make.resource(kind, countries=["MWI"], topics=[make.topic("Cash transfers")])
    read = call(client, "get", "api_resource", args=[resource.pk], member=carla)

    answer = call(
        client,
        "patch",
        "api_resource",
        args=[resource.pk],
        body=read.data,
        member=carla,
        headers={"If-Match": read["ETag"]},
    )

    assert answer.status_code == 200, answer.data
    assert {**answer.data, "updated_at": ""} == {**read.data, "updated_at": ""}


def test_only_what_is_named_is_changed(client, carla):
    resource = make.resource(
        title="Old", summary="Kept", countries=["MWI"], detail={"type": "report", "volume": "3"}
    )
    etag = mark_of(client, resource, carla)

    answer = call(
        client,
        "patch",
        "api_resource",
        args=[resource.pk],
        body={"title": "New", "countries": [], "detail": {"volume": "4"}},
        member=carla,
        headers={"If-Match": etag},
    )

    kept = {name: answer.data[name] for name in ("title", "summary", "countries")}
    assert kept == {"title": "New", "summary": "Kept", "countries": []}
    assert (answer.data["detail"]["type"], answer.data["detail"]["volume"]) == ("report", "4")
    assert answer["ETag"] == mark_of(client, resource, carla) != etag


def test_nothing_is_written_over_what_was_not_read(client, carla):
    resource = make.resource(title="Old")
    etag = mark_of(client, resource, carla)

    def patch(title, **headers):
        body = {"title": title}
        return call(
            client, "patch", "api_resource", args=[resource.pk], body=body, member=carla, headers=headers
        ).status_code

    codes = [
        patch("One"),
        patch("Two", **{"If-Match": '"another"'}),
        patch("Three", **{"If-Match": etag}),
        patch("Four", **{"If-Match": etag}),
        patch("Five", **{"If-Match": "*"}),
    ]

    resource.refresh_from_db()
    assert (codes, resource.title) == ([428, 412, 200, 412, 200], "Five")


def test_who_may_write(client, carla, dawit, body):
    own = make.resource(status=Status.DRAFT, by=dawit)
    published = make.resource(by=dawit)
    etag = mark_of(client, own, dawit)

    def codes(headers):
        match = {**headers, "If-Match": etag}
        return [
            call(client, "post", "api_resources", body=body, headers=headers).status_code,
            call(client, "patch", "api_resource", args=[own.pk], body={}, headers=match).status_code,
            call(client, "patch", "api_resource", args=[published.pk], body={}, headers=match).status_code,
            call(client, "post", "api_publication", args=[own.pk], headers=headers).status_code,
            call(client, "post", "api_withdrawal", args=[published.pk], headers=headers).status_code,
        ]

    assert codes({}) == [401] * 5
    assert codes(token_for(carla, "read")) == [403] * 5
    assert codes(token_for(dawit)) == [403, 200, 403, 403, 403]
    assert Resource.objects.get(pk=own.pk).status == Status.DRAFT


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED, Status.WITHDRAWN])
def test_no_step_skips_the_status_machine(client, carla, status):
    resource = make.resource(status=status)
    steps = {"api_submission": {}, "api_withdrawal": {"reason": "Why"}}

    codes = {
        step: call(client, "post", step, args=[resource.pk], body=body, member=carla).status_code
        for step, body in steps.items()
    }

    assert (
        codes
        == {
            Status.SUBMITTED: {"api_submission": 200, "api_withdrawal": 409},
            Status.PUBLISHED: {"api_submission": 409, "api_withdrawal": 200},
            Status.WITHDRAWN: {"api_submission": 409, "api_withdrawal": 200},
        }[status]
    )


def test_the_status_is_not_a_field_to_write(client, carla, body):
    drafted = call(
        client, "post", "api_resources", body={**body, "status": "published", "id": 1}, member=carla
    )

    assert drafted.data["status"] == "draft"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": " "}, ["/title"]),
        ({"title": "x" * 601}, ["/title"]),
        ({"title": "a\x00b"}, ["/title"]),
        ({"title": None}, ["/title"]),
        ({"title": ["x"]}, ["/title"]),
        ({"kind": "shelf"}, ["/kind"]),
        ({"language": "tlh"}, ["/language"]),
        ({"countries": ["MWI", "ATL"]}, ["/countries/1"]),
        ({"countries": "MWI"}, ["/countries"]),
        ({"topics": [1, {}]}, ["/topics/0", "/topics/1"]),
        ({"organisations": [{"organisation": "nobody", "role": "publisher"}]}, ["/organisations"]),
        ({"organisations": [{"organisation": "unicef", "role": "king"}]}, ["/organisations/0/role"]),
        ({"contributors": [{"family_name": "A", "orcid": "0000-0002-1825-0098"}]}, ["/contributors/0/orcid"]),
        ({"contributors": [{}]}, ["/contributors/0/family_name"]),
        ({"identifiers": [{"scheme": "doi", "value": "none"}]}, ["/identifiers/0/value"]),
        ({"published_on": "2024-02-30"}, ["/published_on"]),
        ({"published_on": "0004-01-01"}, ["/published_on"]),
        ({"year": 10**30}, ["/year"]),
        ({"version": 0}, ["/version"]),
        ({"url": "javascript:alert(1)"}, ["/url"]),
        ({"work": 999_999}, ["/work"]),
        ({"work": 10**30}, ["/work"]),
        ({"detail": {"type": "scroll"}}, ["/detail/type"]),
        ({"detail": {"colour": "green"}}, ["/detail/colour"]),
        ({"detail": []}, ["/detail"]),
        ({"kind": "event", "detail": {"starts_on": "2024-05-02", "ends_on": "2024-05-01"}}, ["/detail"]),
        ({"kind": "event", "detail": {"time_zone": "Mars/Base"}}, ["/detail/time_zone"]),
        ({"kind": "programme", "detail": {"coverage": "-1"}}, ["/detail"]),
        ({"kind": "programme", "detail": {"sources": {"a": 1}}}, ["/detail/sources"]),
        ({"kind": "programme", "detail": {"legal_basis": 999_999}}, ["/detail/legal_basis"]),
        ({"kind": "country", "detail": {}}, ["/detail/country"]),
        ({"title": "", "language": "tlh"}, ["/title", "/language"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_pointed_at_and_nothing_is_written(client, carla, body, change, wrong):
    answer = call(client, "post", "api_resources", body={**body, **change}, member=carla)

    assert (answer.status_code, pointers(answer)) == (400, wrong)
    assert Resource.objects.count() == 0


def test_a_second_version_of_a_language_is_pointed_at(client, carla, body):
    work = make.resource().work_id

    taken = call(client, "post", "api_resources", body={**body, "work": work}, member=carla)
    free = call(client, "post", "api_resources", body={**body, "work": work, "version": 2}, member=carla)

    assert (taken.status_code, pointers(taken)) == (400, ["/version"])
    assert (free.status_code, free.data["work"], free.data["version"]) == (201, work, 2)


def test_a_country_has_one_profile(client, carla, body):
    make.resource(Kind.COUNTRY)

    answer = call(
        client,
        "post",
        "api_resources",
        body={**body, "kind": "country", "detail": {"country": "MWI"}},
        member=carla,
    )

    assert (answer.status_code, pointers(answer)) == (400, ["/detail/country"])


def test_kind_and_work_stay_what_they_are(client, carla):
    resource, other = make.resource(), make.resource()
    match = {"If-Match": "*"}

    kind = call(
        client,
        "patch",
        "api_resource",
        args=[resource.pk],
        body={"kind": "news"},
        member=carla,
        headers=match,
    )
    work = call(
        client,
        "patch",
        "api_resource",
        args=[resource.pk],
        body={"work": other.work_id},
        member=carla,
        headers=match,
    )

    assert (pointers(kind), pointers(work)) == (["/kind"], ["/work"])


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("{", 400),
        ("[" * 100_000, 400),
        ('"\ud800"', 400),
        ("[]", 400),
        ("null", 400),
        ('{"title": NaN}', 400),
        (b"\xff\xfe", 400),
        ('{"title": "' + "x" * (2 * 1024 * 1024) + '"}', 413),
    ],
)
def test_a_body_that_is_no_object_of_json_is_refused(client, carla, sent, code):
    sent = sent if isinstance(sent, bytes) else sent.encode("utf-8", "surrogatepass")

    answer = client.post(
        reverse("api_resources"), sent, content_type="application/json", headers=token_for(carla)
    )

    assert (answer.status_code, answer["Content-Type"]) == (code, "application/problem+json")


def test_a_request_with_a_key_is_done_once(client, carla, body):
    headers = {**token_for(carla), "Idempotency-Key": "7f9c"}

    first = call(client, "post", "api_resources", body=body, headers=headers)
    again = call(client, "post", "api_resources", body=body, headers=headers)
    otherwise = call(client, "post", "api_resources", body={**body, "title": "Other"}, headers=headers)
    without = call(client, "post", "api_resources", body=body, member=carla)

    assert (again.status_code, again.data) == (201, first.data)
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert [again[name] for name in ("ETag", "Location")] == [first[name] for name in ("ETag", "Location")]
    assert otherwise.status_code == 422
    assert without.data["id"] != first.data["id"]
    assert Resource.objects.count() == 2


def test_a_request_that_failed_may_be_sent_again_with_its_key(client, carla, body):
    headers = {**token_for(carla), "Idempotency-Key": "7f9c"}

    failed = call(client, "post", "api_resources", body={**body, "title": ""}, headers=headers)
    mended = call(client, "post", "api_resources", body=body, headers=headers)

    assert (failed.status_code, mended.status_code) == (400, 201)


def test_two_members_may_use_the_same_key(client, carla, body):
    other = make.member("Chipo", is_staff=True)

    made = {
        call(
            client, "post", "api_resources", body=body, headers={**token_for(member), "Idempotency-Key": "1"}
        ).data["id"]
        for member in (carla, other)
    }

    assert len(made) == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 101])
def test_a_key_that_is_none_is_refused(client, carla, body, key):
    headers = {**token_for(carla), "Idempotency-Key": key}

    answer = call(client, "post", "api_resources", body=body, headers=headers)

    assert (answer.status_code, pointers(answer), Resource.objects.count()) == (400, ["Idempotency-Key"], 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_at_once_from_many_sides_is_done_once(client, carla, body):
    headers = {**token_for(carla), "Idempotency-Key": "storm"}
    answers = []

    def send():
        try:
            answer = client.__class__().post(
                reverse("api_resources"), json.dumps(body), content_type="application/json", headers=headers
            )
            answers.append((answer.status_code, answer.json()["id"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(answers), len(set(answers)), Resource.objects.count(), ApiAnswer.objects.count()) == (
        6,
        1,
        1,
        1,
    )
