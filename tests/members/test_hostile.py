"""Whatever is sent to the pages of this room, the answer is never an error of ours."""

import pytest
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from members import urls
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

NASTY = ["\x00", "9" * 400, "<script>' OR 1=1 --", "é" * 3000]
FIELDS = [
    "login", "password", "email", "name", "password1", "country", "sector", "organisation", "languages", "code", "bio",
    "topics", "experience", "language", "time_zone", "shown_to", "starts_on", "subject", "text", "address", "institution",
    "institution_name", "accept", "credential", "action", "q", "kind", "next", "remember", "page",
]  # fmt: skip
KEYS = {"pk": 10**17, "token": "no-such-token", "key": "x"}


def addresses():
    """Every address of the room's pages, with keys that lead nowhere."""
    names = {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)}
    names |= {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("mfa_", "usersessions_"))
    }
    for name in sorted(names):
        for keys in ({}, {"pk": KEYS["pk"]}, {"token": KEYS["token"]}):
            try:
                yield name, reverse(name, kwargs=keys)
                break
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("who", ["visitor", "staff"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_page_breaks(client, who, text, vocabulary):
    member = make.member("Mallory", is_staff=who == "staff")
    broken = []

    for name, address in addresses():
        if who != "visitor":
            client.force_login(member)
        posted = dict.fromkeys(FIELDS, text)
        for answer in (
            client.get(address, {"q": text, "next": text, "code": text}),
            client.post(address, posted),
        ):
            if answer.status_code >= 500:
                broken.append((name, answer.status_code))

    assert broken == []


def test_a_number_no_database_holds_leads_nowhere(client):
    assert client.get(f"/members/{10**30}/").status_code == 404
