"""Run by tests/members/test_open_id.py in a process of its own, whose settings name an OpenID Connect server."""

import urllib.error
import urllib.request

import pytest

from members.models import Affiliation, Member

pytestmark = pytest.mark.django_db(transaction=True)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def through_the_server(client):
    """Press the button, and follow the server's answer back to the portal."""
    page = client.get("/sign-in/")
    away = client.post("/sign-in/external/oidc/oidc/login/?process=login")
    try:
        urllib.request.build_opener(NoRedirect).open(away["Location"])
    except urllib.error.HTTPError as answer:
        back = answer.headers["Location"].removeprefix("http://testserver")
    return page, away, client.get(back)


def test_a_newcomer_is_asked_for_the_rest_and_comes_back_without_being_asked(client, filled_in):
    page, away, answer = through_the_server(client)
    form = client.get(answer["Location"])
    made = client.post(answer["Location"], {**filled_in, "email": "thandiwe@gender.example"})
    client.post("/sign-out/")
    _page, _away, again = through_the_server(client)

    member = Member.objects.get()
    assert "Sign in with The ministry" in page.content.decode()
    assert away.headers["Location"].split("?")[0].endswith("/authorize")
    assert 'value="Thandiwe Banda"' in form.content.decode()
    assert (made["Location"], again["Location"]) == ("/account/", "/account/")
    assert (member.email, member.country_id, member.has_usable_password()) == (
        "thandiwe@gender.example",
        "MWI",
        False,
    )
    assert Affiliation.objects.get().sector == "government"


def test_the_form_of_a_newcomer_refuses_what_the_portal_s_own_refuses(client, filled_in):
    _page, _away, answer = through_the_server(client)

    refused = client.post(answer["Location"], {**filled_in, "country": "", "consent_rules": ""})

    assert sorted(refused.context["form"].errors) == ["consent_rules", "country"]
    assert Member.objects.count() == 0
