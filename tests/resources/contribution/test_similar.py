"""Duplicates a contributor is shown: same DOI, file, address, and titles at most two letters apart."""

import pytest
from django.core.files.base import ContentFile

from resources import actions
from resources.keys import title_key
from resources.models import Kind, Status
from resources.queries.similar import near_titles, similar
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def titles(member, **wanted):
    return [match.resource.title for match in similar(member, kind=Kind.PUBLICATION, **wanted)]


def test_each_sign_finds_its_own(dawit):
    file = ContentFile(b"All the words there are", name="words.txt")
    by_file = make.resource(title="One with a file")
    kept = actions.add_file(by_file, file)
    make.resource(title="One with a number", identifiers=[("doi", "10.1000/a")])
    make.resource(title="One with an address", url="https://www.example.org/report/")
    make.resource(title="Cash transfers in Malawi")
    make.resource(title="Something else altogether")

    assert titles(dawit, dois=["https://doi.org/10.1000/A"]) == ["One with a number"]
    assert titles(dawit, digests=[kept.sha256]) == ["One with a file"]
    assert titles(dawit, url="http://example.org/report?utm_source=x") == ["One with an address"]
    assert titles(dawit, title="Cash transfer in Malawi!") == ["Cash transfers in Malawi"]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("Cash transfers in Malawi", True),
        ("CASH  TRANSFERS IN MALAWI.", True),
        ("Cash transfer in Malawi", True),
        ("Cashtransfers in Malavi", True),
        ("Cash transfers in Malawixyz", False),
        ("Kash tranzfers in Malavi", False),
        ("in Malawi cash transfers", False),
    ],
)
def test_two_letters_may_differ_and_no_more(dawit, typed, is_found):
    make.resource(title="Cash transfers in Malawi")

    assert bool(titles(dawit, title=typed)) == is_found


def test_a_short_title_has_to_be_the_same(dawit):
    make.resource(title="Cash plus")

    assert (titles(dawit, title="Cash plan"), titles(dawit, title="cash PLUS")) == ([], ["Cash plus"])


def test_the_nearest_title_comes_first():
    for title in ("Cash transfers in Malavy", "Cash transfers in Malawi", "Cash transfers in Malawy"):
        make.resource(title=title)

    assert [d for _pk, d in near_titles("publication", title_key("Cash transfers in Malawi"))] == [0, 1, 2]


def test_another_kind_of_the_same_title_is_no_duplicate(dawit):
    make.resource(Kind.NEWS, title="Cash transfers in Malawi")

    assert titles(dawit, title="Cash transfers in Malawi") == []


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PUBLISHED, Status.WITHDRAWN)])
def test_what_others_have_not_published_is_not_given_away(dawit, bao, carla, status):
    draft = make.resource(
        title="Cash transfers in Malawi", by=bao, status=Status.DRAFT, identifiers=[("doi", "10.1000/a")]
    )
    if status != Status.DRAFT:
        make.brought_to(draft, status)
    wanted = {"title": draft.title, "dois": ["10.1000/a"]}

    assert [bool(titles(member, **wanted)) for member in (dawit, bao, carla)] == [False, True, True]


def test_one_match_says_all_its_reasons_and_leaves_itself_out(dawit):
    there = make.resource(title="Cash transfers in Malawi", url="https://example.org/a")

    (match,) = similar(dawit, kind="publication", title=there.title, url=there.url)

    assert match.reasons == ["It has the same address.", "It has the same title."]
    assert similar(dawit, kind="publication", title=there.title, leave_out=there.pk) == []
