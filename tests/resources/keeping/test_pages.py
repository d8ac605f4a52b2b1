"""Bookmarks and saved searches as a member meets them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.models import Preference
from resources import actions, tellers
from resources.actions import keeping
from resources.models import Bookmark, SavedSearch, SearchPattern, Status
from tests import make

pytestmark = pytest.mark.django_db


def asked(function):
    with CaptureQueriesContext(connection) as queries:
        function()
    return len(queries)


def save(member, text="pension", **values):
    values = {"name": text, "filters": {}, "query": f"q={text}", "frequency": "weekly", **values}
    return actions.save_search(member, text=text, **values)


def address(resource, name):
    return reverse(name, args=[resource.kind, resource.slug])


# ── Bookmarks ────────────────────────────────────────────────────────────────────────────────────────


def test_a_resource_is_kept_and_taken_out_by_post_only(client, dawit):
    resource = make.resource(title="Pensions for farmers")
    client.force_login(dawit)

    client.get(address(resource, "bookmark"))
    looked = Bookmark.objects.count()
    answers = [client.post(address(resource, "bookmark")) for _ in range(2)]
    kept = list(Bookmark.objects.values_list("member", "resource"))
    client.get(address(resource, "bookmark_removal"))
    client.post(address(resource, "bookmark_removal"))

    assert looked == 0
    assert [answer["Location"] for answer in answers] == [resource.get_absolute_url()] * 2
    assert kept == [(dawit.pk, resource.pk)]
    assert Bookmark.objects.count() == 0


def test_the_page_of_a_resource_says_whether_it_is_kept(client, dawit, amina):
    resource = make.resource()
    actions.add_bookmark(resource, by=amina)
    client.force_login(dawit)
    before = client.get(resource.get_absolute_url()).content.decode()

    actions.add_bookmark(resource, by=dawit)
    after = client.get(resource.get_absolute_url()).content.decode()

    assert ('aria-pressed="false"' in before, 'aria-pressed="true"' in before) == (True, False)
    assert ('aria-pressed="false"' in after, 'aria-pressed="true"' in after) == (False, True)


def test_a_visitor_is_led_through_the_sign_in(client):
    resource = make.resource()

    page = client.get(resource.get_absolute_url()).content.decode()
    answer = client.post(address(resource, "bookmark"))

    assert f'href="{address(resource, "bookmark")}"' in page
    assert "csrfmiddlewaretoken" not in page
    assert (answer.status_code, Bookmark.objects.count()) == (302, 0)


def test_what_a_member_may_not_see_cannot_be_kept(client, dawit):
    draft = make.resource(status=Status.DRAFT)
    client.force_login(dawit)

    statuses = [client.post(address(draft, name)).status_code for name in ("bookmark", "bookmark_removal")]
    statuses += [
        client.post(f"/library/{kind}/nowhere/bookmark/").status_code for kind in ("publication", "x")
    ]

    assert statuses == [404] * 4


def test_the_list_is_ones_own_the_last_kept_first(client, dawit, amina):
    first, second, hers = (make.resource(title=title) for title in ("First", "Second", "Hers"))
    for resource in (first, second):
        actions.add_bookmark(resource, by=dawit)
    actions.add_bookmark(hers, by=amina)
    client.force_login(dawit)

    page = client.get(reverse("bookmark_list"))

    assert [title for _row, title in page.context["rows"]] == ["Second", "First"]


def test_what_was_withdrawn_stays_as_what_it_is_and_can_be_taken_out(client, dawit):
    resource = make.resource(title="Pensions <b>here</b>")
    actions.add_bookmark(resource, by=dawit)
    actions.withdraw_resource(resource, reason="Sent by mistake")
    client.force_login(dawit)

    page = client.get(reverse("bookmark_list"))
    answer = client.post(address(resource, "bookmark_removal"), {"from": "list"})

    assert (page.context["rows"], page.context["withdrawn"]) == ([], [resource])
    assert "Pensions &lt;b&gt;here&lt;/b&gt;" in page.content.decode()
    assert (answer["Location"], Bookmark.objects.count()) == (reverse("bookmark_list"), 0)


def test_the_list_of_bookmarks_costs_the_same_for_one_and_for_twenty(client, dawit):
    client.force_login(dawit)
    actions.add_bookmark(make.resource(), by=dawit)
    client.get(reverse("bookmark_list"))
    one = asked(lambda: client.get(reverse("bookmark_list")))

    for _ in range(19):
        actions.add_bookmark(make.resource(), by=dawit)
    twenty = asked(lambda: client.get(reverse("bookmark_list")))

    assert (one, twenty) == (7, 7)


@pytest.mark.parametrize("page", ["0", "7", "x", "%00", "9" * 50])
def test_any_page_of_the_bookmarks_is_a_page(client, dawit, page):
    client.force_login(dawit)

    assert client.get(reverse("bookmark_list"), {"page": page}).status_code == 200


# ── Saved searches ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "page", ["/library/?q=pension&kind=law&year=2000-2010&sort=title", "/search/?q=pension"]
)
def test_every_search_page_leads_to_saving_it(client, dawit, index, page):
    make.resource(title="Pension")
    make.resource("law", title="Pension Act", published_on=None, year=2005, detail={"instrument": "act"})
    index.sync()

    found = client.get(page)

    link = found.context["save_url"]
    assert f'href="{link.replace("&", "&amp;")}"' in found.content.decode()
    client.force_login(dawit)
    assert client.get(link).context["search"].text == "pension"


def test_a_search_without_results_can_be_saved_too(client, index):
    page = client.get("/library/?q=zanzibarquux")

    assert "/library/saved/new/?q=zanzibarquux" in page.content.decode()


def test_a_search_is_saved_with_its_filters_and_the_members_language(client, bao):
    make.country("MWI")
    client.force_login(bao)
    link = f"/ar{reverse('saved_search_new')}?q=pension&country=MWI&year=2000-2010&sort=title&page=3"

    suggested = client.get(link).context["form"]["name"].value()
    answer = client.post(link, {"name": "Pensions in Malawi", "frequency": "daily"})

    saved = SavedSearch.objects.get(member=bao)
    assert suggested.startswith("pension, ")
    assert (answer.status_code, saved.name, saved.frequency) == (302, "Pensions in Malawi", "daily")
    assert saved.query == "q=pension&country=MWI&year=2000-2010"
    assert (saved.pattern.text, saved.pattern.filters) == (
        "pension",
        {"country": ["MWI"], "year": [2000, 2010]},
    )
    assert Preference.objects.get(member=bao).language == "ar"


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 101), ("name", " \u200b "), ("frequency", "hourly"), ("frequency", "")],
)
def test_a_search_that_cannot_be_saved_says_why_and_keeps_what_was_typed(client, dawit, field, value):
    client.force_login(dawit)

    page = client.post(reverse("saved_search_new"), {"name": "Pensions", "frequency": "daily", field: value})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert page.context["form"][field].value() == value
    assert SavedSearch.objects.count() == SearchPattern.objects.count() == 0


def test_the_same_search_is_not_saved_twice(client, dawit):
    save(dawit, name="My pensions")
    client.force_login(dawit)

    page = client.post(f"{reverse('saved_search_new')}?q=pension", {"name": "Again", "frequency": "daily"})

    assert page.context["form"].non_field_errors() == [
        "You have saved this search already, as “My pensions”."
    ]
    assert SavedSearch.objects.count() == 1


def test_a_hundred_searches_are_enough(client, dawit, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_SEARCHES", 1)
    save(dawit)
    client.force_login(dawit)

    page = client.post(f"{reverse('saved_search_new')}?q=law", {"name": "Laws", "frequency": "daily"})

    assert (page.status_code, SavedSearch.objects.count()) == (200, 1)
    assert len(page.context["form"].non_field_errors()) == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 5000,
        "q=%00%1b&country=MARS",
        "year=2010-2000&year_from=abc",
        "q=?!",
        "topic=" + "y," * 900,
    ],
)
def test_any_address_can_be_saved_as_what_is_left_of_it(client, dawit, query):
    client.force_login(dawit)
    link = f"{reverse('saved_search_new')}?{query}"

    shown = client.get(link).status_code
    answer = client.post(link, {"name": "Odd", "frequency": "daily"})

    assert (shown, answer.status_code, SavedSearch.objects.count()) == (200, 302, 1)


def test_nobody_reaches_anothers_search(client, dawit, amina):
    hers = save(amina)
    client.force_login(dawit)
    pages = [reverse(name, args=[hers.pk]) for name in ("saved_search_edit", "saved_search_removal")]

    statuses = [client.get(page).status_code for page in pages] + [
        client.post(page).status_code for page in pages
    ]

    assert statuses == [404] * 4
    assert "pension" not in client.get(reverse("saved_search_list")).content.decode()


def test_a_saved_search_gets_another_name_and_rhythm(client, dawit):
    saved = save(dawit)
    client.force_login(dawit)

    client.post(reverse("saved_search_edit", args=[saved.pk]), {"name": "Old age", "frequency": "off"})

    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Old age", "off")


def test_a_saved_search_is_removed_after_asking(client, dawit):
    saved = save(dawit)
    client.force_login(dawit)

    client.get(reverse("saved_search_removal", args=[saved.pk]))
    asked_first = SavedSearch.objects.count()
    client.post(reverse("saved_search_removal", args=[saved.pk]))

    assert (asked_first, SavedSearch.objects.count()) == (1, 0)


def test_the_list_of_searches_costs_the_same_for_one_and_for_twenty(client, dawit):
    client.force_login(dawit)
    save(dawit)
    client.get(reverse("saved_search_list"))
    one = asked(lambda: client.get(reverse("saved_search_list")))

    for number in range(19):
        save(dawit, f"word{number}")
    twenty = asked(lambda: client.get(reverse("saved_search_list")))

    assert (one, twenty) == (5, 5)


@pytest.mark.parametrize("name", ["bookmark_list", "saved_search_list", "saved_search_new"])
def test_what_is_kept_is_for_members(client, name):
    answer = client.get(reverse(name))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("sign_in"))


def test_a_link_from_a_mail_ends_one_search_by_post_without_session_or_token(dawit):
    saved, other = save(dawit), save(dawit, "law")
    mailbox = Client(enforce_csrf_checks=True)
    link = tellers.stop_address(saved)

    looked = mailbox.get(link)
    still = SavedSearch.objects.get(pk=saved.pk).frequency
    answer = mailbox.post(link, {"List-Unsubscribe": "One-Click"})

    saved.refresh_from_db()
    assert (looked.status_code, "no-store" in looked["Cache-Control"], still) == (200, True, "weekly")
    assert (answer.status_code, saved.frequency) == (200, "off")
    assert SavedSearch.objects.get(pk=other.pk).frequency == "weekly"


@pytest.mark.parametrize("token", ["x", "MQ:1abc:forged", "%00"])
def test_a_link_that_is_not_ours_is_answered_alike(client, dawit, token):
    saved = save(dawit)
    link = reverse("saved_search_stop", args=["TOKEN"]).replace("TOKEN", token)

    statuses = [client.get(link).status_code, client.post(link).status_code]

    assert statuses == [200, 200]
    assert SavedSearch.objects.get(pk=saved.pk).frequency == "weekly"
