"""The pages of a contributor and of the editors: who comes in, what they show, what a form does."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resources import actions, contribution_urls
from resources.models import (
    Autosave,
    Kind,
    PostingRight,
    Resource,
    Right,
    RightAppeal,
    Status,
    Submission,
    SubmissionMessage,
)
from resources.snapshots import digest, snapshot
from tests import make
from tests.resources.contribution.registry import serving, works
from tests.resources.files.test_files import pdf_with

pytestmark = pytest.mark.django_db
ROW_COUNTS = {
    f"{name}-{key}": "0"
    for name in ("contributors", "organisations", "identifiers")
    for key in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture(autouse=True)
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CROSSREF_URL = ""
    make.language()
    make.language("fr")


@pytest.fixture
def member(client, dawit):
    client.force_login(dawit)
    return client


@pytest.fixture
def editor(carla):
    client = Client()
    client.force_login(carla)
    return client


def report(by, status=Status.DRAFT, **values):
    values = {"summary": "What was found.", "body": "All of it.", **values}
    return make.brought_to(make.resource(status=Status.DRAFT, by=by, **values), status)


def start(client, **typed):
    data = {"kind": "publication", "language": "en", "title": "Cash transfers in Malawi", **typed}
    return client.post(reverse("contribution_start"), data)


def said(answer):
    """What is wrong with a form, by field."""
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def typed(resource, **changes):
    """What the form of a record sends when nothing but `changes` was typed."""
    data = {**ROW_COUNTS, "title": resource.title, "language": resource.language_id, "type": "other"}
    data |= {"summary": resource.summary, "body": resource.body, "published_on": "2024-05-17"}
    return {**data, "stamp": digest(snapshot(resource)), **changes}


def arguments_of(pattern, resource):
    """The arguments of an address for this resource, whatever it names beside it."""
    names = re.findall(r"<int:(\w+)>", str(pattern.pattern))
    return {name: resource.pk if name == "pk" else 1 for name in names}


ADDRESSES = {pattern.name: pattern for pattern in contribution_urls.urlpatterns}
OF_EDITORS = {name for name in ADDRESSES if name.startswith("desk_")}
FOR_ALL_MEMBERS = {"contribution_start", "contributions"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_sent_to_sign_in(client, dawit, name):
    address = reverse(name, kwargs=arguments_of(ADDRESSES[name], report(dawit)))

    for method in (client.get, client.post):
        answer = method(address)

        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('sign_in')}?next={address}")


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - FOR_ALL_MEMBERS))
def test_another_member_finds_nothing_of_a_contribution_and_changes_nothing(client, dawit, bao, name, status):
    resource = report(dawit, status, title="Zanzibarquux")
    make.language("pt")
    client.force_login(bao)
    address = reverse(name, kwargs=arguments_of(ADDRESSES[name], resource))
    before = snapshot(resource), resource.transitions.count(), Submission.objects.count()

    answers = [
        client.get(address),
        client.post(address, {"text": "x", "reason": "x", "autosave-resource": resource.pk}),
    ]

    allowed = {403} if name in OF_EDITORS else {404, 405}
    if name == "contribution_copy" and status == Status.PUBLISHED:
        allowed = {200}
    assert {answer.status_code for answer in answers} <= allowed
    assert (snapshot(resource), resource.transitions.count(), Submission.objects.count()) == before
    assert Resource.objects.count() == 1


def test_a_title_begins_a_draft_that_only_the_member_and_the_editors_see(member, dawit, bao, carla, stranger):
    answer = start(member)

    draft = Resource.objects.get()
    assert answer["Location"] == reverse("contribution_edit", args=[draft.pk])
    assert (draft.title, draft.status, draft.submitted_by) == ("Cash transfers in Malawi", "draft", dawit)
    visible = [list(Resource.objects.visible_to(who)) for who in (dawit, carla, bao, stranger)]
    assert visible == [[draft], [draft], [], []]


@pytest.mark.parametrize("kind", [k for k in Kind.values if k != Kind.COUNTRY])
def test_every_kind_can_be_begun_written_and_handed_in(member, kind, carla):
    start(member, kind=kind)
    draft = Resource.objects.get()
    page = member.get(reverse("contribution_edit", args=[draft.pk]))
    form = page.context["editor"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    data |= {**ROW_COUNTS, "summary": "What was found.", "url": "https://example.org/x", "do": "submit"}
    data |= {"stamp": digest(snapshot(draft)), "topics": []}

    saved = member.post(reverse("contribution_edit", args=[draft.pk]), data)
    handed_in = member.post(reverse("submission_handing_in", args=[draft.pk]), {"note": "Here"})

    draft.refresh_from_db()
    assert saved.status_code == 302, saved.context["errors"]
    assert (handed_in["Location"], draft.status) == (reverse("submission", args=[draft.pk]), "submitted")


def test_a_country_profile_is_begun_for_a_country_that_has_none(member):
    make.country("MWI")
    make.country("ZMB")
    missing = start(member, kind="country")
    start(member, kind="country", country="MWI")
    again = start(member, kind="country", country="MWI")

    assert said(missing) == {"country": ["Choose the country."]}
    assert said(again) == {"country": ["This country has a profile already, or somebody is writing it."]}
    assert [r.countryprofile.country_id for r in Resource.objects.all()] == ["MWI"]


@pytest.mark.parametrize(
    ("typed_in", "errors"),
    [
        ({"title": ""}, {"title": ["Type the title, or give a DOI or a file that knows it."]}),
        (
            {"doi": "no doi"},
            {"doi": ["There is no DOI in this. A DOI starts with 10., as 10.1596/978-0-8213."]},
        ),
        ({"kind": "poem"}, {"kind": ["Select a valid choice. poem is not one of the available choices."]}),
        (
            {"title": "", "doi": "10.1000/unknown"},
            {"title": ["Neither the DOI nor the file gives a title. Type it."]},
        ),
        ({"title": "x" * 601}, {"title": ["Ensure this value has at most 600 characters (it has 601)."]}),
    ],
)
def test_what_is_wrong_with_the_short_form_is_said_at_the_field_and_nothing_is_kept(member, typed_in, errors):
    answer = start(member, **typed_in)

    assert (answer.status_code, said(answer), Resource.objects.count()) == (200, errors, 0)


def test_a_file_that_may_not_be_kept_is_refused_with_the_words_kept(member):
    answer = start(member, file=SimpleUploadedFile("evil.html", b"<script>alert(1)</script>"))

    assert list(said(answer)) == ["file"]
    assert 'value="Cash transfers in Malawi"' in answer.content.decode()
    assert Resource.objects.count() == 0


def test_a_doi_fills_in_the_record(member, settings):
    make.organisation("Institute of Transfers", slug="transfers")
    with serving(works(publisher="Institute of Transfers")) as (address, _asked):
        settings.CROSSREF_URL = address
        start(member, title="", doi="https://doi.org/10.1000/CASH")

    data = snapshot(Resource.objects.get())
    assert (data["title"], data["summary"], data["published_on"], data["published_precision"]) == (
        "Cash & care in Malawi",
        "What was paid.",
        "2021-05-01",
        "month",
    )
    assert (data["identifiers"], data["organisations"]) == (
        [["doi", "10.1000/cash"]],
        [["transfers", "publisher"]],
    )
    assert data["detail"]["container"] == "Journal of Transfers"
    assert [row["family_name"] for row in data["contributors"]] == ["Banda", "Cash Working Group"]


def test_a_pdf_gives_the_title_and_is_kept(member):
    start(member, title="", file=SimpleUploadedFile("a.pdf", pdf_with("Lean seasons and prices")))

    draft = Resource.objects.get()
    assert (draft.title, [file.media_type for file in draft.files.all()]) == (
        "Lean seasons and prices",
        ["application/pdf"],
    )


def test_nobody_makes_the_portal_ask_the_registry_without_end(member, settings, monkeypatch):
    monkeypatch.setattr("kit.budget.time", SimpleNamespace(time=lambda: 0.0))
    with serving(works()) as (address, asked):
        settings.CROSSREF_URL = address
        answers = [start(member, title="", doi="10.1000/unknown") for _n in range(12)]

    assert len(asked) == 10
    assert "That was very fast." in answers[-1].content.decode()


def test_matches_are_shown_before_the_long_form(member):
    there = make.resource(title="Cash transfer in Malawi")

    answer = start(member)

    draft = Resource.objects.get(status=Status.DRAFT)
    assert answer["Location"] == reverse("contribution_matches", args=[draft.pk])
    page = member.get(answer["Location"])
    assert [match.resource for match in page.context["matches"]] == [there]


def test_a_draft_becomes_a_translation_of_a_match(member):
    there = make.resource(
        title="Cash transfers in Malawi", countries=["MWI"], contributors=[{"family_name": "Banda"}]
    )
    start(member, language="fr")
    draft = Resource.objects.get(status=Status.DRAFT)
    left = draft.work_id

    answer = member.post(
        reverse("contribution_matches", args=[draft.pk]), {"original": there.pk, "way": "translation"}
    )

    draft.refresh_from_db()
    assert answer["Location"] == reverse("contribution_edit", args=[draft.pk])
    assert (draft.work_id, draft.version, draft.language_id) == (there.work_id, 1, "fr")
    data = snapshot(draft)
    assert (data["countries"], [c["family_name"] for c in data["contributors"]]) == (["MWI"], ["Banda"])
    assert type(draft.work).objects.filter(pk=left).exists() is False


def test_a_draft_becomes_a_new_version_of_a_match(member):
    there = make.resource(title="Cash transfers in Malawi")
    start(member)
    draft = Resource.objects.get(status=Status.DRAFT)

    member.post(reverse("contribution_matches", args=[draft.pk]), {"original": there.pk, "way": "version"})

    draft.refresh_from_db()
    assert (draft.work_id, draft.version) == (there.work_id, 2)


@pytest.mark.parametrize("chosen", ["", "x", "0", "99999999", "9" * 30])
def test_a_match_that_is_none_is_refused(member, chosen):
    start(member)
    draft = Resource.objects.get()

    answer = member.post(
        reverse("contribution_matches", args=[draft.pk]), {"original": chosen, "way": "version"}, follow=True
    )

    assert "Choose one of the records below." in answer.content.decode()


def test_another_members_draft_cannot_be_attached_to(member, bao):
    hidden = make.resource(status=Status.DRAFT, by=bao, title="Hidden")
    start(member)
    draft = Resource.objects.get(title="Cash transfers in Malawi")

    member.post(reverse("contribution_matches", args=[draft.pk]), {"original": hidden.pk, "way": "version"})

    draft.refresh_from_db()
    assert draft.work_id != hidden.work_id


@pytest.mark.parametrize(
    ("way", "expected"), [("translation", ("fr", 1)), ("version", ("en", 2)), ("clone", ("en", 1))]
)
def test_a_draft_is_begun_from_a_published_resource(member, dawit, way, expected):
    there = make.resource(title="Cash transfers in Malawi")

    member.post(reverse("contribution_copy", args=[there.pk]), {"way": way, "language": "fr"})

    draft = Resource.objects.get(status=Status.DRAFT)
    assert (draft.language_id, draft.version) == expected
    assert (draft.work_id == there.work_id, draft.submitted_by) == (way != "clone", dawit)


def test_a_translation_needs_its_language(member):
    there = make.resource()

    answer = member.post(
        reverse("contribution_copy", args=[there.pk]), {"way": "translation", "language": ""}
    )

    assert said(answer) == {"language": ["Choose the language of the translation."]}


def test_a_member_writes_and_previews_without_saving(member, dawit):
    draft = report(dawit)

    previewed = member.post(
        reverse("contribution_edit", args=[draft.pk]), typed(draft, title="New words", do="preview")
    )
    draft.refresh_from_db()
    before = draft.title
    member.post(reverse("contribution_edit", args=[draft.pk]), typed(draft, title="New words", do="save"))

    draft.refresh_from_db()
    assert (b"New words</h1>" in previewed.content, before == "New words", draft.title) == (
        True,
        False,
        "New words",
    )


def test_an_edit_that_met_another_is_shown_and_nothing_is_lost(member, dawit, carla):
    draft = report(dawit)
    stamp = digest(snapshot(draft))
    actions.edit_resource(draft, by=carla, summary="What the editor wrote")

    answer = member.post(
        reverse("contribution_edit", args=[draft.pk]), typed(draft, title="Mine", stamp=stamp, do="save")
    )

    draft.refresh_from_db()
    form = answer.context["editor"].form
    assert (answer.status_code, draft.summary) == (409, "What the editor wrote")
    assert (form.initial["title"], form.initial["summary"]) == ("Mine", "What the editor wrote")


def test_a_member_cannot_name_a_law_that_does_not_exist_for_them(member, dawit, bao):
    hidden = make.resource(Kind.LAW, status=Status.DRAFT, by=bao, title="Hidden act")
    programme = make.resource(Kind.PROGRAMME, status=Status.DRAFT, by=dawit)
    page = member.get(reverse("contribution_edit", args=[programme.pk]))
    form = page.context["editor"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    data |= {**ROW_COUNTS, "stamp": digest(snapshot(programme)), "topics": [], "legal_basis": hidden.pk}

    answer = member.post(reverse("contribution_edit", args=[programme.pk]), data)

    assert "No such record stands at this address." in answer.content.decode()
    assert "Hidden act" not in answer.content.decode()


def test_what_only_editors_set_stays_as_it_is(member, dawit):
    law = make.resource(
        Kind.LAW, status=Status.DRAFT, by=dawit, detail={"title_is_description": True, "branch": "Old age"}
    )
    page = member.get(reverse("contribution_edit", args=[law.pk]))
    form = page.context["editor"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    data |= {**ROW_COUNTS, "stamp": digest(snapshot(law)), "topics": [], "title": "New title"}
    data.pop("title_is_description")

    member.post(reverse("contribution_edit", args=[law.pk]), data)

    detail = snapshot(law)
    assert (detail["title"], detail["detail"]["title_is_description"]) == ("New title", True)
    assert 'name="title_is_description"' not in page.content.decode()


def test_what_is_typed_is_kept_offered_and_dropped(member, dawit):
    draft = report(dawit)
    member.post(
        reverse("contribution_autosave"),
        {"autosave-resource": draft.pk, "autosave-kind": "publication", "title": "Half a title"},
    )

    offered = member.get(reverse("contribution_edit", args=[draft.pk]))
    taken = member.get(reverse("contribution_edit", args=[draft.pk]), {"unsaved": 1})
    member.post(reverse("contribution_unsaved", args=[draft.pk]))

    assert "You have unsaved changes of" in offered.content.decode()
    assert taken.context["editor"].form["title"].value() == "Half a title"
    assert Autosave.objects.count() == 0


def test_what_an_editor_has_taken_on_cannot_be_changed_until_it_comes_back(member, dawit, carla):
    resource = report(dawit, Status.SUBMITTED)
    actions.claim_submission(resource, by=carla)

    page = member.get(reverse("contribution_edit", args=[resource.pk]))
    kept = member.post(reverse("contribution_autosave"), {"autosave-resource": resource.pk, "title": "x"})
    file = member.post(
        reverse("contribution_files", args=[resource.pk]), {"file": SimpleUploadedFile("a.txt", b"words")}
    )
    actions.return_resource(resource, question="Which year?", by=carla)
    after = member.get(reverse("contribution_edit", args=[resource.pk]))

    assert (page.status_code, kept.status_code, file.status_code, after.status_code) == (302, 404, 403, 200)


def test_handing_in_says_what_is_missing_and_keeps_the_words(member, dawit):
    draft = make.resource(status=Status.DRAFT, by=dawit)

    answer = member.post(reverse("submission_handing_in", args=[draft.pk]), {"note": "My words"})

    assert said(answer)["__all__"] == [
        "Write a summary.",
        "Give the address of the original, attach its file, or write the text.",
    ]
    assert "My words</textarea>" in answer.content.decode()


def test_an_embargo_that_is_past_is_refused_at_its_field(member, dawit):
    draft = report(dawit)

    answer = member.post(
        reverse("submission_handing_in", args=[draft.pk]), {"embargoed_until": "2020-01-01T10:00"}
    )

    assert list(said(answer)) == ["embargoed_until"]


def test_a_question_is_answered_and_the_editor_sees_what_changed(member, editor, dawit, carla):
    resource = report(dawit, Status.SUBMITTED)
    editor.post(reverse("desk_review", args=[resource.pk]), {"end": "returned", "note": "Which <b>year</b>?"})
    page = member.get(reverse("submission", args=[resource.pk])).content.decode()
    member.post(
        reverse("contribution_edit", args=[resource.pk]), typed(resource, summary="What was found in 2019.")
    )
    empty = member.post(reverse("submission_handing_in", args=[resource.pk]), {"note": " "})
    member.post(reverse("submission_handing_in", args=[resource.pk]), {"note": "2019"})

    resource.refresh_from_db()
    review = editor.get(reverse("desk_review", args=[resource.pk]))
    assert "Which &lt;b&gt;year&lt;/b&gt;?" in page
    assert ("Carla" in page, "The editors" in page) == (False, True)
    assert (list(said(empty)), resource.status) == (["note"], Status.SUBMITTED)
    assert [(row["name"], row["before"], row["after"]) for row in review.context["changed"]] == [
        ("summary", "What was found.", "What was found in 2019.")
    ]


def test_messages_go_both_ways_and_notes_stay_with_the_editors(member, editor, dawit):
    resource = report(dawit, Status.SUBMITTED)
    for _time in range(2):
        member.post(reverse("submission_messages", args=[resource.pk]), {"text": "Is all well?"})
    editor.post(reverse("desk_messages", args=[resource.pk]), {"text": "Looks copied", "is_internal": "on"})
    editor.post(reverse("desk_messages", args=[resource.pk]), {"text": "Nearly done"})

    theirs = [line.text for line in member.get(reverse("submission", args=[resource.pk])).context["story"]]
    ours = [line.text for line in editor.get(reverse("desk_review", args=[resource.pk])).context["story"]]

    assert SubmissionMessage.objects.count() == 3
    assert [text for text in theirs if text] == ["Here it is", "Is all well?", "Nearly done"]
    assert [text for text in ours if text] == ["Here it is", "Is all well?", "Looks copied", "Nearly done"]


def test_a_draft_has_no_thread_yet(member, dawit):
    draft = report(dawit)

    answer = member.post(reverse("submission_messages", args=[draft.pk]), {"text": "Hello"})

    assert (answer.status_code, SubmissionMessage.objects.count()) == (403, 0)


def test_a_refusal_is_appealed_against_on_its_page(member, editor, dawit):
    resource = report(dawit, Status.SUBMITTED)
    editor.post(reverse("desk_review", args=[resource.pk]), {"end": "refused", "note": "Off topic"})

    page = member.get(reverse("submission", args=[resource.pk])).content.decode()
    member.post(reverse("submission_appeal", args=[resource.pk]), {"reason": "It is on topic"})

    resource.refresh_from_db()
    assert ("Off topic" in page, resource.status) == (True, Status.APPEALED)


def test_a_member_takes_a_submission_back_and_deletes_the_draft(member, dawit):
    resource = report(dawit, Status.SUBMITTED)

    early = member.post(reverse("contribution_deletion", args=[resource.pk]))
    member.post(reverse("submission_retraction", args=[resource.pk]))
    shown = member.get(reverse("contribution_deletion", args=[resource.pk]))
    there = Resource.objects.count()
    member.post(reverse("contribution_deletion", args=[resource.pk]))

    assert (early.status_code, shown.status_code, there, Resource.objects.count()) == (403, 200, 1, 0)


def test_my_contributions_show_mine_with_their_states(member, dawit, bao):
    for status in Status.values:
        report(dawit, status)
    report(bao)

    page = member.get(reverse("contributions"))

    assert {row["resource"].status for row in page.context["rows"]} == set(Status.values)
    assert page.context["total"] == len(Status.values)


@pytest.mark.parametrize("name", ["contributions", "desk_queue"])
def test_a_list_costs_the_same_for_one_and_for_twenty(
    member, editor, dawit, name, django_assert_num_queries, settings
):
    client, wanted = (member, 5) if name == "contributions" else (editor, 6)
    report(dawit, Status.SUBMITTED)
    client.get(reverse(name))

    with django_assert_num_queries(wanted):
        client.get(reverse(name))
    for _n in range(19):
        report(dawit, Status.SUBMITTED)
    with django_assert_num_queries(wanted):
        client.get(reverse(name))


def test_a_blocked_member_reads_why_and_appeals(member, editor, dawit, bao, client):
    row = actions.set_right(Right.BLOCKED, member=dawit, reason="Twelve copies of one advertisement")
    address = reverse("contribution_block", args=[row.pk])

    refused = start(member)
    page = member.get(address)
    member.post(address, {"text": "My account was abused"})
    appeal = RightAppeal.objects.get()
    editor.post(reverse("desk_right_appeal", args=[appeal.pk]), {"answer": "We lift it."})
    answered = member.get(address).content.decode()

    assert (refused["Location"], Resource.objects.count()) == (address, 0)
    assert "Twelve copies of one advertisement" in page.content.decode()
    assert "We lift it." in answered
    client.force_login(bao)
    assert client.get(address).status_code == 404


def test_a_block_found_at_the_last_step_leads_to_its_reason(member, dawit):
    ministry = make.organisation()
    row = actions.set_right(Right.BLOCKED, member=dawit, organisation=ministry, reason="Not from there")
    draft = report(dawit, organisations=[ministry])

    answer = member.post(reverse("submission_handing_in", args=[draft.pk]), {"note": ""})

    assert answer["Location"] == reverse("contribution_block", args=[row.pk])


def test_the_queue_shows_the_longest_waiting_first_and_narrows(editor, dawit, carla):
    first, second, third = (report(dawit, Status.SUBMITTED, title=f"Number {n}") for n in range(3))
    held = report(dawit, Status.HELD, title="Held")
    Submission.objects.filter(pk=third.pk).update(waiting_since=timezone.now() - timedelta(days=9))
    actions.claim_submission(second, by=carla)

    def shown(**filters):
        rows = editor.get(reverse("desk_queue"), filters).context["rows"]
        return [row["resource"] for row in rows]

    assert shown() == [third, first, second]
    assert shown(state="mine") == [second]
    assert shown(state="unclaimed") == [third, first]
    assert shown(state="held") == [held]
    assert shown(kind="news") == []
    assert shown(state="rubbish", kind="rubbish", right="rubbish") == [third, first, second]


def test_one_thing_is_done_to_all_that_are_ticked_and_the_rest_is_told(editor, dawit, carla):
    erin = make.member("Erin", is_staff=True)
    mine, theirs = report(dawit, Status.SUBMITTED), report(dawit, Status.SUBMITTED, title="Taken")
    actions.claim_submission(theirs, by=erin)

    answer = editor.post(
        reverse("desk_queue_decisions"),
        {"chosen": [mine.pk, theirs.pk], "do": "published", "back": "state=all"},
        follow=True,
    )

    for resource in (mine, theirs):
        resource.refresh_from_db()
    assert (mine.status, theirs.status) == (Status.PUBLISHED, Status.SUBMITTED)
    text = answer.content.decode()
    assert ("Done for 1." in text, "Taken: Erin has taken this on." in text) == (True, True)
    assert answer.request["QUERY_STRING"] == "state=all"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "claim"},
        {"do": "rubbish", "chosen": ["1"]},
        {"do": "claim", "chosen": ["x"]},
        {"do": "claim", "chosen": ["9" * 30]},
    ],
)
def test_a_bulk_decision_that_makes_no_sense_changes_nothing(editor, dawit, data):
    report(dawit, Status.SUBMITTED)

    answer = editor.post(reverse("desk_queue_decisions"), data)

    assert (answer.status_code, Submission.objects.filter(claimed_by=None).count()) == (302, 1)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"end": ""}, "end"),
        ({"end": "draft"}, "end"),
        ({"end": "withdrawn", "note": "x"}, "end"),
        ({"end": "refused"}, "__all__"),
        ({"end": "scheduled"}, "at"),
        ({"end": "scheduled", "at": "yesterday"}, "at"),
        ({"end": "scheduled", "at": "2020-01-01T00:00"}, "__all__"),
    ],
)
def test_a_decision_that_cannot_be_is_said_at_its_field(editor, dawit, data, field):
    resource = report(dawit, Status.SUBMITTED)

    answer = editor.post(reverse("desk_review", args=[resource.pk]), data)

    resource.refresh_from_db()
    assert (answer.status_code, list(said(answer)), resource.status) == (200, [field], Status.SUBMITTED)


@pytest.mark.parametrize("status", Status.values)
def test_the_pages_of_a_submission_open_in_every_state(member, editor, dawit, status):
    resource = report(dawit, status)

    pages = [
        member.get(reverse("submission", args=[resource.pk])),
        member.get(reverse("contribution_files", args=[resource.pk])),
        editor.get(reverse("desk_review", args=[resource.pk])),
        editor.get(reverse("desk_edit", args=[resource.pk])),
    ]

    assert [page.status_code for page in pages] == [200] * 4


def test_a_right_is_set_for_a_domain_and_for_a_member(editor, dawit, carla):
    ministry = make.organisation("Ministry of Gender")
    address = reverse("desk_rights")

    editor.post(address, {"who": "@gov.mw", "right": "trusted", "organisation": "Ministry of Gender"})
    editor.post(address, {"who": dawit.email.upper(), "right": "blocked", "kind": "job", "reason": "Spam"})

    found = [
        (r.member, r.email_domain, r.organisation, r.kind, r.right)
        for r in PostingRight.objects.order_by("pk")
    ]
    assert found == [
        (None, "gov.mw", ministry, "", "trusted"),
        (dawit, "", None, "job", "blocked"),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"who": "", "right": "allowed"}, "who"),
        ({"who": "nobody@example.org", "right": "allowed"}, "who"),
        ({"who": "no domain", "right": "allowed"}, "who"),
        ({"who": "gov.mw", "right": "king"}, "right"),
        ({"who": "gov.mw", "right": "blocked"}, "reason"),
        ({"who": "gov.mw", "right": "allowed", "organisation": "Nobody knows"}, "organisation"),
    ],
)
def test_a_right_that_makes_no_sense_is_refused_at_its_field(editor, data, field):
    answer = editor.post(reverse("desk_rights"), data)

    assert (list(said(answer)), PostingRight.objects.count()) == ([field], 0)


def test_a_right_is_removed_after_asking(editor, dawit):
    row = actions.set_right(Right.ALLOWED, member=dawit)
    address = reverse("desk_right_removal", args=[row.pk])

    asked = editor.get(address)
    there = PostingRight.objects.count()
    editor.post(address)

    assert (asked.status_code, there, PostingRight.objects.count()) == (200, 1, 0)
