"""Clones, translations and new versions of a resource."""

import pytest
from django.core.exceptions import ValidationError

from activity.models import Activity
from resources import actions
from resources.models import Kind, Resource, Status
from resources.snapshots import snapshot
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """A published report with all that a record may have."""
    return make.resource(
        title="Cash in Malawi",
        summary="What was paid.",
        body="All of it.",
        url="https://example.org/cash",
        countries=["MWI"],
        topics=[make.topic()],
        organisations=[make.organisation("Ministry of Gender")],
        contributors=[{"family_name": "Banda", "given_name": "Chikondi"}],
        identifiers=[("doi", "10.1000/cash")],
        detail={"volume": "3", "type": "report"},
    )


def test_a_clone_has_the_words_and_parts_but_not_what_names_the_original(report, dawit):
    clone = actions.clone_resource(report, by=dawit)

    before, after = snapshot(report), snapshot(clone)
    different = {name: after[name] for name in after if after[name] != before[name]}
    assert different == {"url": "", "identifiers": [], "status": "draft"}
    assert (clone.submitted_by, clone.work_id == report.work_id) == (dawit, False)


def test_a_translation_stands_in_the_same_work_and_waits_for_its_words(report, dawit):
    translation = actions.translate_resource(report, make.language("fr"), by=dawit)

    before, after = snapshot(report), snapshot(translation)
    different = {name: after[name] for name in after if after[name] != before[name]}
    assert different == {
        "language": "fr",
        "summary": "",
        "body": "",
        "url": "",
        "identifiers": [],
        "status": "draft",
    }
    assert (translation.work_id, translation.version) == (report.work_id, report.version)


def test_a_translation_into_a_language_that_is_taken_is_refused(report, dawit):
    actions.translate_resource(report, make.language("fr"), by=dawit)

    with pytest.raises(ValidationError, match="in this language already"):
        actions.translate_resource(report, "fr", by=dawit)

    assert Resource.objects.filter(work=report.work_id).count() == 2


def test_a_new_version_takes_the_next_number_in_its_language(report, dawit):
    actions.translate_resource(report, make.language("fr"), by=dawit)

    second = actions.draft_version(report, by=dawit)
    third = actions.draft_version(second, by=dawit)

    assert [(r.version, r.language_id, r.status) for r in (second, third)] == [
        (2, "en", Status.DRAFT),
        (3, "en", Status.DRAFT),
    ]


def test_a_country_has_one_profile_and_no_copy_of_it(dawit):
    profile = make.resource(Kind.COUNTRY)
    made = Activity.objects.count()

    for copy in (
        actions.clone_resource,
        actions.draft_version,
        lambda r, by: actions.translate_resource(r, "fr", by=by),
    ):
        with pytest.raises(ValidationError, match="one profile"):
            copy(profile, by=dawit)

    assert (Resource.objects.count(), Activity.objects.count()) == (1, made)


@pytest.mark.parametrize("kind", [k for k in Kind if k != Kind.COUNTRY])
def test_every_other_kind_can_be_cloned_and_translated(kind, dawit):
    original = make.resource(kind)

    clone = actions.clone_resource(original, by=dawit)
    translation = actions.translate_resource(original, make.language("sw"), by=dawit)

    assert [snapshot(r)["detail"] for r in (clone, translation)] == [snapshot(original)["detail"]] * 2
