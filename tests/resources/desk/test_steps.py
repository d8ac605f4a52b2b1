"""Out of sight and back, history, files and guidance at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from kit import uploads
from resources import actions
from resources.desk.wording import changes
from resources.models import FieldGuidance, Kind, Resource, ResourceFile, Revision
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, carla):
    client.force_login(carla)
    return client


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


# ── Withdrawing ──────────────────────────────────────────────────────────────────────────────────────
def test_withdrawing_needs_a_reason_which_then_stands_on_the_page(staff):
    resource = make.resource()
    address = reverse("desk_withdrawal", args=[resource.pk])

    without = staff.post(address, {"reason": "  "})
    staff.post(address, {"reason": "Asked for by its author\x00"})

    assert without.context["form"].errors == {"reason": ["This field is required."]}
    resource.refresh_from_db()
    assert (resource.status, resource.withdrawal_reason) == ("withdrawn", "Asked for by its author")
    assert staff.get(resource.get_absolute_url()).status_code == 410


def test_a_draft_cannot_be_withdrawn_and_the_page_says_so(staff):
    resource = make.resource(status="draft")
    address = reverse("desk_withdrawal", args=[resource.pk])

    assert "Only what is published can be withdrawn" in staff.get(address).content.decode()
    assert "that step needs it to be" in str(staff.post(address, {"reason": "x"}).context["form"].errors)


def test_what_was_withdrawn_can_be_published_again(staff):
    resource = make.resource(status="withdrawn")

    staff.post(reverse("desk_publication", args=[resource.pk]))

    resource.refresh_from_db()
    assert (resource.status, resource.withdrawal_reason) == ("published", "")


def test_looking_at_a_step_does_not_take_it(staff):
    resource = make.resource()

    staff.get(reverse("desk_withdrawal", args=[resource.pk]))
    refused = staff.get(reverse("desk_publication", args=[resource.pk]))

    assert refused.status_code == 405
    assert Resource.objects.get().status == "published"


# ── History ──────────────────────────────────────────────────────────────────────────────────────────
def test_the_history_names_who_changed_what(staff, carla):
    resource = make.resource(Kind.PROGRAMME, status="draft", title="Social cash")
    actions.edit_resource(
        resource, by=carla, note="Checked", title="Social cash transfer", detail={"agency": "Ministry"}
    )

    entries = staff.get(reverse("desk_history", args=[resource.pk])).context["entries"]

    assert [(e["revision"].number, e["revision"].by, e["revision"].note, e["changed"]) for e in entries] == [
        (2, carla, "Checked", ["Title", "Agency"]),
        (1, None, "", []),
    ]


def test_a_revision_shows_word_by_word_what_it_changed(staff):
    resource = make.resource(status="draft", title="Cash for the poor")
    actions.edit_resource(resource, title="Cash for the <b>poorest</b>")

    page = staff.get(reverse("desk_revision", args=[resource.pk, 2])).content.decode()

    assert "Cash for the <del>poor</del><ins>&lt;b&gt;poorest&lt;/b&gt;</ins>" in page


def test_a_record_goes_back_to_a_revision_as_a_new_edit(staff, carla):
    resource = make.resource(status="draft", title="First")
    actions.edit_resource(resource, title="Second")

    staff.post(reverse("desk_revision", args=[resource.pk, 1]))

    resource.refresh_from_db()
    last = resource.revisions.first()
    assert (resource.title, last.number, last.by) == ("First", 3, carla)


def test_a_revision_whose_language_another_record_has_taken_is_refused(staff):
    french = make.resource(language_code="fr")
    actions.edit_resource(french, language=make.language("es"))
    make.resource(language_code="fr", work=french.work)

    answer = staff.post(reverse("desk_revision", args=[french.pk, 1]), follow=True)

    assert "Another record has taken" in answer.content.decode()
    assert Resource.objects.get(pk=french.pk).language_id == "es"


def test_a_revision_that_does_not_exist_is_not_found(staff):
    resource = make.resource()

    assert staff.get(reverse("desk_revision", args=[resource.pk, 99])).status_code == 404
    assert staff.get(reverse("desk_history", args=[10**30])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_number_of_queries(staff, django_assert_num_queries, count):
    resource = make.resource()
    for n in range(count):
        actions.edit_resource(resource, title=f"Title {n}")
    address = reverse("desk_history", args=[resource.pk])

    with django_assert_num_queries(7):
        staff.get(address)


@pytest.mark.parametrize("length", [10, 1000, 100_000])
def test_the_pieces_of_a_change_make_up_both_texts(length):
    before = "".join(f"word{n} and\n" for n in range(length))
    after = before.replace("word3 ", "other ").replace("word7 and\n", "")

    pieces = changes(before, after)

    assert "".join(text for step, text in pieces if step != "new") == before
    assert "".join(text for step, text in pieces if step != "gone") == after


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────
def test_a_file_is_added_with_its_label_and_language_and_taken_away(staff):
    resource = make.resource()
    make.language("fr")
    address = reverse("desk_files", args=[resource.pk])

    staff.post(
        address,
        {"file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n"), "label": "Annex\u202e 1", "language": "fr"},
    )

    file = ResourceFile.objects.get()
    assert (file.label, file.language_id, file.media_type) == ("Annex 1", "fr", "text/csv")
    removal = reverse("desk_file_removal", args=[resource.pk, file.pk])
    assert staff.get(removal).status_code == 200
    assert ResourceFile.objects.count() == 1

    staff.post(removal)

    assert ResourceFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"<html><script>alert(1)</script>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("empty.pdf", b""),
        ("archive.zip", b"PK\x03\x04 broken"),
        ("\u202efdp.exe", b"MZ\x00\x01"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_label_stays_typed(staff, media, name, content):
    resource = make.resource()

    answer = staff.post(
        reverse("desk_files", args=[resource.pk]),
        {"file": SimpleUploadedFile(name, content), "label": "Kept words"},
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["file"])
    assert 'value="Kept words"' in answer.content.decode()
    assert not media.exists()


def test_of_a_file_of_a_hundred_megabytes_no_more_than_may_be_kept_touches_the_disk(
    staff, media, monkeypatch
):
    written = []
    monkeypatch.setattr(
        TemporaryUploadedFile, "write", lambda _file, data: written.append(len(data)), raising=False
    )
    resource = make.resource()
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n" + bytes(100 * uploads.MEGABYTE))

    answer = staff.post(reverse("desk_files", args=[resource.pk]), {"file": large, "label": "Kept words"})

    assert (
        answer.context["form"]
        .errors["file"][0]
        .replace("\xa0", " ")
        .startswith("The file has 100.0 MB; the largest that can be kept has 50.0 MB.")
    )
    assert 'value="Kept words"' in answer.content.decode()
    assert uploads.LARGEST_FILE - 64 * 1024 <= sum(written) <= uploads.LARGEST_FILE
    assert not media.exists()


def test_an_endless_file_name_is_cut(staff):
    resource = make.resource()

    staff.post(
        reverse("desk_files", args=[resource.pk]),
        {"file": SimpleUploadedFile("x" * 400 + ".csv", b"a,b\n1,2\n")},
    )

    assert len(ResourceFile.objects.get().file.name.rpartition("/")[2]) < 120


def test_the_list_of_files_tells_how_far_the_reading_is(staff):
    resource = make.resource()
    states = {"waiting": "", "encrypted": "It asks for a password."}
    for n, (state, reason) in enumerate(states.items()):
        ResourceFile.objects.create(
            resource=resource,
            file=f"resources/{state}.pdf",
            media_type="application/pdf",
            size=10,
            sha256=str(n),
            reading=state,
            reading_reason=reason,
        )

    answer = staff.get(reverse("desk_files", args=[resource.pk]))

    page = answer.content.decode()
    assert answer.context["is_reading"] is True
    assert "Waiting to be read" in page
    assert "Locked with a password" in page
    assert "It asks for a password." in page


def test_a_file_of_another_record_cannot_be_taken_away_here(staff):
    theirs = ResourceFile.objects.create(
        resource=make.resource(), file="a.pdf", media_type="application/pdf", size=1, sha256="1"
    )

    answer = staff.post(reverse("desk_file_removal", args=[make.resource().pk, theirs.pk]))

    assert (answer.status_code, ResourceFile.objects.count()) == (404, 1)


def test_a_record_that_was_loaded_has_no_history_yet_and_says_so(staff):
    resource = make.resource()
    resource.revisions.all().delete()

    answer = staff.get(reverse("desk_history", args=[resource.pk]))

    assert (answer.status_code, answer.context["entries"]) == (200, [])
    assert "has not been changed here since" in answer.content.decode()


# ── Guidance ─────────────────────────────────────────────────────────────────────────────────────────
def test_staff_say_something_else_beside_a_field_and_take_it_back(staff):
    make.language()
    address, new = reverse("desk_guidance"), reverse("desk_new", args=["news"])

    staff.post(f"{address}?kind=news&language=en", {"title": "Short, <i>please</i>."})
    assert "Short, &lt;i&gt;please&lt;/i&gt;." in staff.get(new).content.decode()
    assert "Short," not in staff.get(reverse("desk_new", args=["blog"])).content.decode()
    assert [str(row) for row in FieldGuidance.objects.all()] == ["news title en"]

    staff.post(f"{address}?kind=news&language=en", {"title": ""})
    assert "As on the title page" in staff.get(new).content.decode()
    assert FieldGuidance.objects.count() == 0


def test_guidance_for_one_kind_and_language_comes_before_the_general(staff):
    make.language()
    for kind, language, text in [
        ("", "en", "General"),
        ("news", "en", "Of news"),
        ("news", "fr", "Des actualités"),
    ]:
        actions.set_guidance(kind, "title", language, text)

    hints = [
        staff.get(f"{prefix}/library/desk/new/{kind}/").context["groups"][0]["fields"][0]["hint"]
        for prefix, kind in [("", "blog"), ("", "news"), ("/fr", "news"), ("/fr", "blog")]
    ]

    assert hints == ["General", "Of news", "Des actualités", "General"]


def test_guidance_that_is_too_long_is_refused_and_stays_typed(staff):
    answer = staff.post(reverse("desk_guidance"), {"title": "y" * 1001, "summary": "Kept words"})

    assert list(answer.context["form"].errors) == ["title"]
    assert "Kept words" in answer.content.decode()
    assert (FieldGuidance.objects.count(), Revision.objects.count()) == (0, 0)
