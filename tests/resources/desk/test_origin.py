"""A record begun from another one at the desk, and the ways there from the pages of readers."""

import re

import pytest
from django.urls import reverse

from resources import actions
from resources.models import Kind, Resource, Status
from tests import make
from tests.resources.desk.test_desk import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, carla):
    client.force_login(carla)
    return client


@pytest.fixture
def report():
    make.language("fr")
    return make.resource(
        title="Lean season cash",
        summary="In English.",
        url="https://example.org/report",
        licence="CC BY 4.0",
        topics=[make.topic()],
        countries=["MWI"],
        contributors=[{"family_name": "Mwale", "given_name": "Thoko"}],
        organisations=[make.organisation("Publisher")],
        identifiers=[("doi", "10.1000/x")],
        detail={"type": "report", "number": "7"},
    )


def begin(way, resource):
    return f"{reverse('desk_new', args=[resource.kind])}?begun_as={way}&begun_from={resource.pk}"


def shown(answer):
    form, rows = answer.context["editor"].form, answer.context["editor"].rows
    names = ("title", "language", "summary", "url", "licence", "topics", "countries", "type", "number")
    return {name: form[name].value() or "" for name in names} | {
        "people": [one["family_name"].value() for one in rows["contributors"].forms if one.initial],
        "identifiers": [one["value"].value() for one in rows["identifiers"].forms if one.initial],
    }


def sent(answer, **typed):
    """What a browser sends of the page as it stands, with what was typed."""
    begun = dict(re.findall(r'name="(begun_\w+)" value="(\w+)"', answer.content.decode()))
    return {**form_of(answer), **begun, "published_on": "2024", **typed}


def test_a_translation_starts_with_what_both_texts_share(staff, report):
    answer = staff.get(begin("translation", report))

    assert shown(answer) == {
        "title": "",
        "language": "",
        "summary": "",
        "url": "",
        "licence": "CC BY 4.0",
        "topics": ["cash-transfers"],
        "countries": "Malawi",
        "type": "report",
        "number": "7",
        "people": ["Mwale"],
        "identifiers": [],
    }


def test_a_translation_becomes_a_text_of_the_same_work_and_both_pages_name_each_other(staff, report):
    form = staff.get(begin("translation", report))

    staff.post(
        reverse("desk_new", args=["publication"]),
        sent(form, title="Transferts en soudure", language="fr", do="publish"),
    )

    made = Resource.objects.get(language="fr")
    report.refresh_from_db()
    assert (made.work_id, made.version, made.status) == (report.work_id, 1, Status.PUBLISHED)
    assert (made.card["versions"], report.card["versions"]) == ([["en", report.slug]], [["fr", made.slug]])
    assert list(made.countries.values_list("pk", flat=True)) == ["MWI"]


def test_a_second_text_in_one_language_is_refused_and_stays_typed(staff, report):
    form = staff.get(begin("translation", report))

    answer = staff.post(form.wsgi_request.path, sent(form, title="Again", language="en"))

    assert answer.context["errors"] == [
        ("id_language", "This work has another record in this language already.")
    ]
    assert (shown(answer)["title"], answer.context["origin"].source) == ("Again", report)
    assert Resource.objects.count() == 1


def test_a_new_version_counts_on_in_its_language(staff, report):
    for number in (2, 3):
        form = staff.get(begin("version", report))
        staff.post(form.wsgi_request.path, sent(form, title=f"Edition {number}", published_on="2025"))

    assert list(Resource.objects.order_by("version").values_list("title", "version", "work")) == [
        ("Lean season cash", 1, report.work_id),
        ("Edition 2", 2, report.work_id),
        ("Edition 3", 3, report.work_id),
    ]


def test_a_copy_is_a_work_of_its_own_without_the_identifiers(staff, report):
    form = staff.get(begin("copy", report))
    staff.post(form.wsgi_request.path, sent(form))

    made = Resource.objects.exclude(pk=report.pk).get()
    assert shown(form)["title"] == "Lean season cash"
    assert (made.work_id == report.work_id, made.status, made.identifiers.count()) == (False, "draft", 0)


def test_preview_and_more_rows_keep_what_the_record_was_begun_from(staff, report):
    form = staff.get(begin("translation", report))
    preview = staff.post(form.wsgi_request.path, sent(form, title="T", language="fr", do="preview"))
    more = staff.post(form.wsgi_request.path, sent(form, do="rows-identifiers"))

    assert f'name="begun_from" value="{report.pk}"' in preview.content.decode()
    assert more.context["origin"].source == report
    assert Resource.objects.count() == 1


def test_unsaved_words_of_a_translation_come_back_as_a_translation(staff, report, carla):
    form = staff.get(begin("translation", report))
    typed = sent(form, title="À moitié")
    actions.keep_autosave(carla, "publication", {name: [value] for name, value in typed.items()})

    answer = staff.get(reverse("desk_new", args=["publication"]), {"unsaved": "1"})

    assert (shown(answer)["title"], answer.context["origin"].source) == ("À moitié", report)


@pytest.mark.parametrize(
    "query",
    [
        "begun_as=translation&begun_from=999999",
        "begun_as=translation&begun_from=x",
        "begun_as=translation&begun_from=٣",
        "begun_as=translation",
        "begun_as=drop&begun_from={pk}",
        f"begun_as=copy&begun_from={'9' * 40}",
    ],
)
def test_an_odd_beginning_is_an_empty_form(staff, report, query):
    answer = staff.get(f"{reverse('desk_new', args=['publication'])}?{query.format(pk=report.pk)}")

    assert (answer.status_code, answer.context["origin"], shown(answer)["title"]) == (200, None, "")


def test_a_record_of_another_kind_begins_nothing(staff, report):
    answer = staff.get(reverse("desk_new", args=["news"]), {"begun_as": "copy", "begun_from": str(report.pk)})

    assert answer.context["origin"] is None


def tools(client, address):
    page = client.get(address).content.decode()
    found = re.search(r'<ul class="row row-tight gx plain noprint" aria-label="For staff">(.*?)</ul>', page)
    return re.findall(r'href="([^"]+)">([^<]+)', found[1].replace("&amp;", "&")) if found else []


@pytest.mark.parametrize("kind", [Kind.PUBLICATION, Kind.LAW])
def test_staff_go_from_a_page_to_its_record_and_readers_see_nothing_of_it(client, carla, dawit, kind):
    resource = make.resource(kind)
    address = resource.get_absolute_url()
    for_readers = tools(client, address)
    client.force_login(dawit)
    for_members = tools(client, address)
    client.force_login(carla)

    assert (for_readers, for_members) == ([], [])
    assert tools(client, address) == [
        (reverse("desk_edit", args=[resource.pk]), "Edit"),
        (begin("translation", resource), "Add a translation"),
        (reverse("desk_history", args=[resource.pk]), "History"),
    ]


def test_staff_go_from_a_withdrawn_page_to_its_record(staff):
    resource = make.resource(status=Status.WITHDRAWN)

    assert tools(staff, resource.get_absolute_url())[0] == (
        reverse("desk_edit", args=[resource.pk]),
        "Edit",
    )


def test_a_preview_has_no_ways_to_the_desk(staff, report):
    form = staff.get(begin("copy", report))

    preview = staff.post(form.wsgi_request.path, sent(form, do="preview")).content.decode()

    assert 'aria-label="For staff"' not in preview


def test_staff_write_the_profile_of_a_country_from_its_page(staff):
    make.country("MWI")

    new = tools(staff, "/countries/mwi/")
    form = staff.get(new[0][0])

    assert new == [(f"{reverse('desk_new', args=['country'])}?country=MWI", "Write the profile")]
    assert form.context["editor"].form["country"].value() == "MWI"


def test_staff_edit_the_profile_of_a_country_from_its_page(staff):
    profile = make.resource(Kind.COUNTRY)

    assert tools(staff, "/countries/mwi/")[0] == (
        reverse("desk_edit", args=[profile.pk]),
        "Edit the profile",
    )
