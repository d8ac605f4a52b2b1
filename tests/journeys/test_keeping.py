"""A member keeps what they found and hears what is new: with a mouse, on a phone, without JavaScript."""

import re
from datetime import date

import pytest
from django.core import mail as outbox
from django.urls import reverse

from notifications.models import Notification
from notifications.tasks import send_mails
from resources.tasks import tell_matches
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False, **PHONE}], ids=["wide", "phone, no script"]
)
def test_a_search_is_saved_and_tells_what_is_new(open_page, index, dawit, mailoutbox, options):
    make.resource(title="Pensions for farmers", published_on=date(2020, 1, 1))
    index.refresh()
    page = open_page("/library/?q=pensions", member=dawit, **options)

    page.get_by_role("link", name="Save and alert me").click()
    page.get_by_label("Name").fill("Old age")
    page.get_by_label("Tell me what is new").select_option("now")
    page.get_by_role("button", name="Save the search").click()
    new = make.resource(title="Pensions for fishers")
    tell_matches()
    send_mails()
    page.goto("/")
    page.get_by_role("link", name="1 unread notification").click()

    assert [mail.subject for mail in outbox.outbox] == ["1 new result for “Old age”"]
    page.get_by_role("link", name="1 new result for “Old age”").click()
    assert page.locator(".resource__title").first.inner_text() == new.title


def test_following_a_notification_marks_it_as_read(open_page, dawit):
    resource = make.resource(title="A report", by=dawit)
    page = open_page(reverse("notification_list"), member=dawit)
    assert Notification.objects.unread().count() == 1

    with page.expect_request(re.compile("/reading/$")) as told:
        page.get_by_role("link", name="is published").click()
    told.value.response()
    page.wait_for_url(f"**{resource.get_absolute_url()}")

    assert Notification.objects.unread().count() == 0


def test_a_resource_is_bookmarked_and_found_again(open_page, dawit):
    resource = make.resource(title="Pensions for farmers")
    page = open_page(resource.get_absolute_url(), member=dawit, **PHONE)

    page.get_by_role("button", name="Bookmark").click()
    page.goto(reverse("bookmark_list"))
    page.get_by_role("link", name="Pensions for farmers").click()
    page.get_by_role("button", name="Bookmarked").click()

    assert page.get_by_role("button", name="Bookmark", exact=True).get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_the_pages_of_what_one_keeps_can_be_used_by_everybody(open_page, axe, index, dawit, options):
    resource = make.resource(title="Pensions for farmers", by=dawit)
    page = open_page("/library/saved/new/?q=pensions", member=dawit, **options)
    axe(page)
    page.get_by_role("button", name="Save the search").click()
    page.goto(resource.get_absolute_url())
    page.get_by_role("button", name="Bookmark").click()
    make.resource(title="Pensions for fishers")

    names = ["notification_list", "notification_settings", "saved_search_list", "bookmark_list"]
    for address in [*map(reverse, names), reverse("unsubscribe", args=["x"]), resource.get_absolute_url()]:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
