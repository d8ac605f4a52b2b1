"""Whatever is put into an address: a page that says what to do, never a 500, and never the visitor's text as markup."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

PARAMETERS = [
    "q",
    "kind",
    "country",
    "region",
    "income",
    "topic",
    "language",
    "year",
    "organisation",
    "sort",
    "page",
    "year_from",
    "year_to",
]
NASTY = [
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "1000000000",
    "99999999999999999999999999",
    "1.5",
    "NaN",
    "²",
    "٣",
    "\x00",
    "\x01\x02\x1f\x7f",
    "a\x00b",
    "\ud7ff\ufffe\uffff",
    "\u202eevil\u202d",
    "'",
    '"unbalanced',
    '"" "',
    "((((",
    "title:foo AND (bar OR",
    "*:*",
    "a*b?c~2^10",
    "[2020 TO",
    '+-&&||!(){}[]^"~*?:\\/',
    "(?P<x>.*)+$",
    ".*" * 50,
    "'; DROP TABLE resources_resource; --",
    "1 OR 1=1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% debug %}",
    "%s%n%d",
    "../../../../etc/passwd",
    "http://evil.example/",
    "javascript:alert(1)",
    "2020-",
    "-2020",
    "2030-2010",
    "0000-99999",
    "٢٠٢٠",
    "💥" * 100,
    "a" * 10_000,
    "word " * 2_000,
]


@pytest.fixture(autouse=True)
def library(index):
    make.resource(title="Cash transfers in Malawi", countries=["MWI"])
    index.sync()


def answers_politely(client, address, data):
    answer = client.get(address, data)
    assert answer.status_code in {200, 301, 302, 400, 404, 429}, (address, data, answer.status_code)
    body = answer.content.decode()
    assert "<script>alert(1)</script>" not in body
    assert "<img src=x" not in body
    return answer


@pytest.mark.parametrize("value", NASTY)
def test_no_parameter_of_the_library_breaks_it(client, value):
    for parameter in PARAMETERS:
        answers_politely(client, reverse("library"), {parameter: value})
        answers_politely(client, reverse("library"), {"q": "cash", parameter: [value, "x", value]})


@pytest.mark.parametrize("value", NASTY)
def test_no_parameter_breaks_the_other_pages(client, value):
    for name in ["search", "library_feed", "library_suggestions", "country_list", "topic_list", "home"]:
        for parameter in ["q", "page", "sort", "kind", "show", "region"]:
            answers_politely(client, reverse(name), {parameter: value})


@pytest.mark.parametrize("value", [v for v in NASTY if v.strip(" ./") and "\x00" not in v and len(v) < 5000])
def test_no_address_breaks_the_site(client, value):
    for address in [
        f"/library/publication/{value}/",
        f"/library/{value}/x/",
        f"/countries/{value}/",
        f"/topics/{value}/",
        f"/{value}/",
    ]:
        answers_politely(client, address, {})


def test_the_typed_text_is_kept(client):
    answer = client.get(reverse("library"), {"q": 'unlikely "words & <tags>'})

    assert 'value="unlikely &quot;words &amp; &lt;tags&gt;"' in answer.content.decode()


def test_an_unknown_filter_is_named_and_the_rest_still_answers(client):
    answer = client.get(reverse("library"), {"country": ["ATLANTIS", "MWI"]})

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "ATLANTIS" in body
    assert "Cash transfers in Malawi" in body


def test_a_page_far_beyond_the_last_says_so(client):
    answer = client.get(reverse("library"), {"page": "1000000000"})

    assert answer.status_code in {200, 404}
    assert "page=1" in answer.content.decode() or "last page" in answer.content.decode().lower()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), value=st.text(max_size=40), parameter=st.sampled_from(PARAMETERS[1:]))
def test_any_text_at_all_is_answered(client, text, value, parameter):
    answers_politely(client, reverse("library"), {"q": text, parameter: value})
    answers_politely(client, reverse("search"), {"q": text})


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_that_only_read_refuse_other_methods_or_change_nothing(client, method):
    for name in ["home", "library", "search", "country_list", "topic_list", "library_feed"]:
        answer = getattr(client, method)(reverse(name))
        assert answer.status_code in {403, 405}, (name, answer.status_code)


@pytest.mark.parametrize(
    "typed",
    [
        {"username": "x" * (11 * 1024 * 1024)},
        {f"field-{n}": "x" for n in range(4001)},
        {f"field-{n}": SimpleUploadedFile("a.txt", b"x") for n in range(101)},
    ],
    ids=["megabytes", "fields", "files"],
)
def test_a_form_that_is_too_large_is_told_the_limits(client, typed):
    answer = client.post(reverse("sign_in"), typed)

    page = answer.content.decode().replace("\xa0", " ")
    assert (answer.status_code, "A form may hold 10.0 MB of text and 4000 fields." in page) == (413, True)
