"""The pages of imports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resources import actions
from resources.models import Import, Resource
from tests import make
from tests.resources.intake.bringing import bring, check, work

pytestmark = pytest.mark.django_db
LIST = "ID,Title,Year\n1,Pensions for all,2019\n2,Cash for all,2020\n3,,2020\n"


@pytest.fixture
def staff(client, carla):
    client.force_login(carla)
    return client


def upload(content, name="list.csv", **values):
    content = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, content), "kind": "publication", "language": "en", **values}


def words(answer):
    return " ".join(answer.content.decode().split())


def pages(job):
    names = ["import_job", "import_columns", "import_undo", "import_report"]
    return [reverse("imports"), reverse("import_new"), reverse("import_harvest")] + [
        reverse(name, args=[job.pk]) for name in names
    ]


def steps(job):
    names = [
        "import_approval",
        "import_end",
        "import_resumption",
        "import_undo",
        "import_again",
        "import_columns",
    ]
    return [reverse(name, args=[job.pk]) for name in names]


def test_staff_come_in_members_do_not_and_strangers_sign_in(client, carla, dawit):
    job = check(LIST)
    answers = {}
    for member in (None, dawit, carla):
        client.logout()
        if member:
            client.force_login(member)
        answers[member] = {client.get(page).status_code for page in pages(job)}
        if member is not carla:
            answers[member] |= {client.post(page).status_code for page in steps(job)}

    assert answers == {None: {302}, dawit: {403}, carla: {200}}
    assert work(job).status == "ready"


def test_the_desk_leads_to_the_imports(staff):
    assert reverse("imports") in words(staff.get(reverse("desk")))


def test_a_file_is_tried_out_shown_written_and_undone(staff, django_capture_on_commit_callbacks):
    make.language("en")
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(reverse("import_new"), upload(LIST))
    job = Import.objects.get()
    shown = words(staff.get(answer["Location"]))
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(reverse("import_approval", args=[job.pk]), {"publishes": "published"})
    written = words(staff.get(answer["Location"]))
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(reverse("import_undo", args=[job.pk]))
    undone = words(staff.get(answer["Location"]))

    assert "Write 2 records" in shown
    assert "There is no title" in shown
    assert "2 of 2 written" in written
    assert reverse("import_undo", args=[job.pk]) in written
    assert "2 of 2 taken back" in undone
    assert set(Resource.objects.values_list("status", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "This field is required"),
        ({"content": b""}, "The file is empty"),
        ({"content": b"%PDF-1.7"}, "This kind of file cannot be imported"),
        ({"content": LIST, "kind": "country"}, "Select a valid choice"),
        ({"content": LIST, "language": "xx"}, "Select a valid choice"),
        ({"content": LIST, "source": "x" * 61}, "at most 60 characters"),
        ({"content": LIST, "encoding": "rot13"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_imported_is_said_on_its_field(staff, given, said):
    make.language("en")
    values = upload(given.pop("content"), **given) if "content" in given else {"source": "My list"}

    answer = staff.post(reverse("import_new"), values)

    assert answer.status_code == 422
    assert said in words(answer)
    assert Import.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["", "ftp://example.org", "javascript:alert(1)", "https://me:secret@example.org/oai"]
)
def test_an_address_that_is_none_is_refused_and_kept(staff, address):
    make.language("en")

    answer = staff.post(
        reverse("import_harvest"), {"form": "oai", "address": address, "kind": "news", "language": "en"}
    )

    assert answer.status_code == 422
    assert f'value="{address}"' in words(answer) or not address
    assert Import.objects.count() == 0


def test_columns_are_corrected_on_their_page(staff, django_capture_on_commit_callbacks):
    job = check("What it says,When\nPensions for all,2019\n")
    page = reverse("import_columns", args=[job.pk])

    shown = words(staff.get(page))
    twice = staff.post(page, {"column-0": "title", "column-1": "title"})
    without = staff.post(page, {"column-1": "year"})
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(page, {"column-0": "title", "column-1": "year"})

    assert "“Pensions for all”" in shown
    assert (twice.status_code, without.status_code) == (422, 422)
    assert "Say which column holds the title" in words(without)
    assert list(job.rows.values_list("outcome", "title")) == [("created", "Pensions for all")]


def test_the_answer_how_records_arrive_is_asked_for(staff):
    job = check(LIST)

    answer = staff.post(reverse("import_approval", args=[job.pk]), {})

    assert answer.status_code == 422
    assert "Choose how new records arrive" in words(answer)
    assert work(job).status == "ready"


def test_a_step_out_of_turn_says_so_and_changes_nothing(staff):
    job = bring(LIST)

    answer = staff.post(reverse("import_resumption", args=[job.pk]), follow=True)

    assert "that step is not open to it now" in words(answer)
    assert work(job).status == "done"


def test_the_page_comes_again_by_itself_only_while_there_is_work(staff):
    job = check(LIST)
    still = words(staff.get(reverse("import_job", args=[job.pk])))
    Import.objects.update(status="checking")
    moving = words(staff.get(reverse("import_job", args=[job.pk])))

    assert ("See how far it is" in still, "See how far it is" in moving) == (False, True)
    assert ("data-live" in still, "data-live" in moving) == (False, True)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_for_one_row_and_for_twenty(staff, rows):
    lines = "".join(f"{n},Pensions for all number {n},2019\n" for n in range(rows))
    job = bring("ID,Title,Year\n" + lines)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        staff.get(reverse("import_job", args=[job.pk]))

    assert len(queries) == 7


def test_rows_are_narrowed_by_what_became_of_them(staff):
    job = check(LIST)

    answer = words(staff.get(reverse("import_job", args=[job.pk]), {"show": "refused"}))

    assert "There is no title" in answer
    assert "Cash for all" not in answer


def test_the_report_names_every_row_and_runs_no_formula(staff):
    job = check('ID,Title,Year\n1,=HYPERLINK(1),2019\n2,"a, b",2019\n')

    answer = staff.get(reverse("import_report", args=[job.pk]))

    lines = answer.content.decode().splitlines()
    assert len(lines) == 3
    assert lines[1].split(",")[2] == "'=HYPERLINK(1)"
    assert 'filename="import-' in answer["Content-Disposition"]


def test_a_title_with_markup_is_shown_as_text(staff):
    job = check("ID,Title\n1,<img src=x onerror=alert(1)> pensions\n")

    answer = words(staff.get(reverse("import_job", args=[job.pk])))

    assert "<img src=x" not in answer


def test_an_import_nobody_started_is_not_there(staff):
    assert staff.get(reverse("import_job", args=[4711])).status_code == 404
    assert staff.post(reverse("import_again", args=[check(LIST).pk])).status_code == 404


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_the_pages(open_page, axe, carla, scheme, width, transactional_db):
    job = check(LIST, by=carla)
    written = bring(LIST, by=carla, source="other")
    columns, undo = reverse("import_columns", args=[job.pk]), reverse("import_undo", args=[written.pk])
    addresses = [*pages(job)[:4], reverse("import_job", args=[written.pk]), columns, undo]

    for address in addresses:
        page = open_page(address, member=carla, color_scheme=scheme, viewport={"width": width, "height": 800})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_undoing_what_was_not_written_says_so(staff):
    job = check("ID,Title\n1,\n")
    actions.stop_import(job)

    answer = staff.post(reverse("import_undo", args=[job.pk]), follow=True)

    assert "not open to it now" in words(answer)


def test_readers_see_nothing_of_the_names_imports_get(staff, client, django_capture_on_commit_callbacks):
    make.language("en")
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(reverse("import_new"), upload(LIST))
    job = Import.objects.get()
    actions.approve_import(job, publishes=True)
    work(job)

    page = words(client.get(Resource.objects.first().get_absolute_url()))

    assert "import:" not in page
