"""What every engine promises about suggestions and related resources."""

from search.find import related, suggest
from tests import make


def test_suggestions_offer_names_and_titles_that_begin_so(index):
    topic = make.topic("Pensions", name_ar="المعاشات")
    world_bank = make.organisation("World Bank", slug="world-bank")
    country = make.country("MWI")
    make.resource(title="Pénsion reform", topics=[topic], organisations=[world_bank])
    make.resource(kind="country", title="Malawi", countries=[country], detail={"country": country})
    index.sync()

    assert [(s.text, s.kind) for s in suggest("pens")] == [
        ("Pensions", "topic"),
        ("Pénsion reform", "publication"),
    ]
    assert [(s.text, s.url) for s in suggest("Mala")][:1] == [("Malawi", "/countries/mwi/")]
    assert [(s.text, s.url) for s in suggest("bank")] == [("World Bank", "/library/?organisation=world-bank")]
    assert [s.text for s in suggest("المع", language="ar")] == ["المعاشات"]
    assert [s.text for s in suggest("reform pen")] == ["Pénsion reform"]
    assert [suggest(prefix) for prefix in ("", " ", "p", "zzz", None)] == [[]] * 5


def test_related_resources_share_topic_or_words_and_never_include_the_resource_itself(index):
    topic = make.topic("Cash transfers")
    one = make.resource(title="Cash and schooling", topics=[topic])
    make.resource(title="Argent et école", topics=[topic], language_code="fr", work=one.work)
    near = make.resource(title="Cash and nutrition", topics=[topic])
    make.resource(title="Railway timetables")
    index.sync()

    assert [int(hit.pk) for hit in related(one)] == [near.pk]


def test_what_is_not_in_the_index_has_nothing_related(index):
    index.sync()

    assert related(make.resource(title="Just written")) == []
