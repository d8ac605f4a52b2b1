import re

import pytest

SAME = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_appearance_is_kept_in_a_cookie_and_shown(client, theme):
    answer = client.post(
        "/preferences/appearance/", {"theme": theme}, HTTP_REFERER="http://testserver/search/?q=cash", **SAME
    )

    body = client.get("/search/").content.decode()

    assert (answer.status_code, answer.headers["Location"]) == (302, "/search/?q=cash")
    assert re.findall(r"<html[^>]*>", body) == [f'<html lang="en" dir="ltr" data-theme="{theme}">']
    assert re.findall(r'<option value="(\w+)" selected', body) == [theme]


@pytest.mark.parametrize("theme", ["", "pink", "<script>"])
def test_anything_else_is_as_the_device_says(client, theme):
    client.cookies["theme"] = "dark"

    client.post("/preferences/appearance/", {"theme": theme}, **SAME)

    assert client.cookies["theme"].value == ""


def test_a_made_up_cookie_does_not_reach_the_page(client):
    client.cookies["theme"] = 'x" onload="alert(1)'

    assert "onload" not in client.get("/preferences/appearance/").content.decode()


@pytest.mark.parametrize("referer", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_one_is_never_led_to_another_site(client, referer):
    answer = client.post("/preferences/appearance/", {"theme": "dark"}, HTTP_REFERER=referer, **SAME)

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_REFERER": "https://evil.example/page"}, 403),
        ({}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_REFERER": "http://testserver/"}, 302),
    ],
)
def test_only_a_form_of_this_site_is_heard(client, headers, status):
    answer = client.post("/preferences/appearance/", {"theme": "dark"}, **headers)

    assert (answer.status_code, "theme" in answer.cookies) == (status, status == 302)


def test_the_page_works_without_a_script(client):
    body = client.get("/preferences/appearance/").content.decode()

    assert re.findall(r'<input type="radio" name="theme" value="(\w*)"', body) == ["", "light", "dark"]
