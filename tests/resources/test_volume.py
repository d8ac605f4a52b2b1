import pytest
from django.core.management import CommandError, call_command

from resources.cards import make_card
from resources.keys import title_key, url_key
from resources.models import KIND_MODELS, Contributor, Kind, Resource, Work
from resources.volume import NothingToReferTo, clear_volume, make_volume
from tests import make
from vocabularies.models import Organisation

SEEN = ["source_ref", "kind", "status", "slug", "title", "language", "year", "card", "published_at"]


@pytest.fixture
def vocabularies(db):
    """Enough of every vocabulary for made-up resources to refer to."""
    make.vocabulary()


def seen():
    return list(Resource.objects.order_by("pk").values_list(*SEEN))


def test_the_same_seed_makes_the_same_resources(vocabularies):
    make_volume(60, seed=3)
    first = seen()
    clear_volume()

    make_volume(60, seed=3)

    assert len(first) == 60
    assert seen() == first


def test_another_seed_makes_other_resources_beside_the_first(vocabularies):
    make_volume(20, seed=3)

    make_volume(20, seed=4)

    assert Resource.objects.count() == 40
    assert Resource.objects.values("title").distinct().count() > 30


def test_a_stopped_run_goes_on_where_it_was(vocabularies):
    make_volume(100, seed=3)
    at_once = seen()
    clear_volume()
    make_volume(37, seed=3)

    written = make_volume(100, seed=3)

    assert written == 63
    assert seen() == at_once


def test_running_again_writes_nothing(vocabularies):
    make_volume(20, seed=3)

    assert make_volume(20, seed=3) == 0


def test_every_kind_is_there_with_the_row_of_its_own_table(vocabularies):
    make_volume(1000, seed=3)

    kinds = {kind: Resource.objects.filter(kind=kind).count() for kind in Kind.values}
    details = {str(kind): model.objects.count() for kind, model in KIND_MODELS.items()}
    assert kinds == details
    assert min(kinds.values()) > 0


def test_cards_and_keys_are_what_the_actions_would_have_made(vocabularies):
    make_volume(200, seed=3)

    for resource in Resource.objects.all():
        assert resource.card == make_card(resource)
        assert (resource.title_key, resource.url_key) == (title_key(resource.title), url_key(resource.url))


def test_translations_share_their_work(vocabularies):
    make_volume(300, seed=3)

    versions = Resource.objects.order_by("work").values_list("work", "language", "version")
    assert len(set(versions)) == 300
    assert 0 < Work.objects.count() < 300


def test_clearing_leaves_what_was_not_made_up(vocabularies):
    kept = make.resource(
        title="A real report", contributors=[{"family_name": "Banda", "given_name": "Esther"}]
    )
    organisation = make.organisation("Ministry of Gender")
    make_volume(50, seed=3)

    removed = clear_volume()

    assert removed == 50
    assert list(Resource.objects.all()) == [kept]
    assert list(Work.objects.all()) == [kept.work]
    assert list(Contributor.objects.values_list("family_name", flat=True)) == ["Banda"]
    assert list(Organisation.objects.all()) == [organisation]


def test_made_up_resources_say_that_they_are_samples(vocabularies):
    make_volume(50, seed=3)

    assert set(Resource.objects.values_list("is_sample", "source")) == {(True, "volume")}


def test_without_vocabularies_the_command_says_which_are_missing(db):
    with pytest.raises(NothingToReferTo, match="countries, topics, languages"):
        make_volume(10)
    with pytest.raises(CommandError, match="Load them first"):
        call_command("make_volume", resources=10, verbosity=0)
