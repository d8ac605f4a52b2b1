"""What every engine promises. Each test runs on each of them."""

from datetime import date

import pytest

from resources import actions
from search.documents import FACETS
from search.find import find, suggest
from tests import make
from vocabularies.models import TopicLabel


def pks(results):
    return [int(hit.pk) for hit in results.hits]


def titles(results):
    return [hit.title for hit in results.hits]


def found(text, **how):
    return set(pks(find(text, **how)))


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_a_word_of_the_text_finds_the_resource(index, field):
    pension = make.resource(**{"title": "A report", field: "The pension reform of 1994"})
    make.resource(title="School feeding")
    index.sync()

    results = find("pension")

    assert (results.total, pks(results)) == (1, [pension.pk])


def test_file_text_contributors_organisations_and_numbers_are_searched(index):
    resource = make.resource(
        title="A report",
        contributors=[{"family_name": "Okonkwo", "given_name": "Adaeze"}],
        organisations=[make.organisation("Fonds Amitié", acronym="FAM")],
        identifiers=[("doi", "10.5555/Abc-1")],
    )
    type(resource).objects.filter(pk=resource.pk).update(file_text="A graph of beneficiaries")
    index.sync()

    asked = ["okonkwo", "Adaeze", "amitie", "fam", "10.5555/abc-1", "beneficiaries"]

    assert [found(text) for text in asked] == [{resource.pk}] * len(asked)


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "Cash transfers", "transfer"),
        ("en", "Organisation of programmes", "organization program"),
        ("en", "Labour policies", "labor policy"),
        ("fr", "Transferts monétaires", "transfert monetaire"),
        ("fr", "La protection des travailleuses", "travailleuse"),
        ("es", "Pensiones contributivas", "pensión contributiva"),
        ("es", "Transferencias condicionadas", "transferencia condicionada"),
        ("pt", "Pensões sociais", "pensão social"),
        ("pt", "Proteções aos trabalhadores", "proteção trabalhador"),
        ("ar", "المعاشات التقاعدية", "معاش تقاعدي"),
        ("ar", "الحماية الاجتماعية", "حماية اجتماعية"),
        ("ar", "التحويلات النقدية", "تحويل نقدي"),
    ],
)
def test_other_forms_of_a_word_find_it_in_its_language(index, language, written, asked):
    resource = make.resource(title=written, language_code=language)
    make.resource(title="Ñandú")
    index.sync()

    assert found(asked, language=language) == {resource.pk}
    assert found(asked, language="en") == {resource.pk}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Évaluation à São Tomé", "evaluation sao tome"),
        ("Evaluation a Sao Tome", "ÉVALUATION À SÃO TOMÉ"),
        ("الإعانة الأُسَرِيّة", "الاعانه الاسرية"),
        ("مستشفى", "مستشفي"),
    ],
)
def test_accents_case_and_arabic_spelling_do_not_matter(index, written, asked):
    resource = make.resource(
        title=written, language_code="ar" if asked[0] > "z" and asked[0] != "É" else "fr"
    )
    index.sync()

    assert found(asked) == {resource.pk}


def test_all_words_must_match_and_the_rest_is_offered_only_when_nothing_has_all(index):
    both = make.resource(title="Pensions for farmers")
    make.resource(title="Pensions")
    index.sync()

    strict, loose = find("pensions farmers"), find("farmers nurses")

    assert pks(strict) == [both.pk]
    assert pks(loose) == [both.pk]


def test_a_quoted_phrase_is_taken_as_it_stands(index):
    phrase = make.resource(title="The minimum income of households")
    make.resource(title="A minimum of income for households")
    index.sync()

    assert found('"minimum income"') == {phrase.pk}
    assert found("“minimum income” households") == {phrase.pk}
    assert len(found("minimum income")) == 2


def test_words_without_meaning_do_not_count(index):
    resource = make.resource(title="Pension reform")
    index.sync()

    assert found("the reform of the pension") == {resource.pk}


def test_a_resource_in_an_unforeseen_language_is_found_by_its_words(index):
    resource = make.resource(title="Hifadhi ya jamii", language_code="sw")
    index.sync()

    assert found("jamii") == {resource.pk}


# ── Order ────────────────────────────────────────────────────────────────────────────────────────────


def test_title_outranks_summary_and_summary_outranks_the_body(index):
    body = make.resource(title="One report", summary="On markets", body="A word about microinsurance")
    summary = make.resource(title="Two reports", summary="A word about microinsurance", body="On markets")
    title = make.resource(title="A word about microinsurance", summary="On markets", body="On reports")
    index.sync()

    assert pks(find("microinsurance")) == [title.pk, summary.pk, body.pk]


def test_recent_outranks_old_at_equal_match(index):
    old = make.resource(title="Grain reserve review", published_on=date(1994, 3, 1))
    new = make.resource(title="Grain reserve review", published_on=date(2024, 3, 1))
    older = make.resource(title="Grain reserve review", published_on=date(1988, 3, 1))
    index.sync()

    assert pks(find("grain reserve")) == [new.pk, old.pk, older.pk]


def test_a_countrys_name_in_any_language_finds_its_profile_first(index):
    malawi = make.country("MWI", name_fr="République du Malawi", name_ar="ملاوي")
    malawi.aliases.create(text="Nyasaland", folded="nyasaland")
    for number in range(3):
        make.resource(title=f"Malawi Malawi Malawi {number}", countries=[malawi])
    profile = make.resource(kind="country", title="Malawi", countries=[malawi], detail={"country": malawi})
    index.sync()

    assert [pks(find(name))[0] for name in ("malawi", "ملاوي", "Nyasaland", "République du Malawi")] == [
        profile.pk
    ] * 4


@pytest.mark.parametrize(
    ("sort", "order"), [("newest", [2, 0, 1]), ("oldest", [1, 0, 2]), ("title", [1, 2, 0])]
)
@pytest.mark.parametrize("text", ["", "review"])
def test_results_can_be_put_in_order(index, sort, order, text):
    made = [
        make.resource(title="Zinc review", published_on=date(2010, 1, 1)),
        make.resource(title="Ábaco review", published_on=date(2001, 1, 1)),
        make.resource(title="barley review", published_on=date(2020, 1, 1)),
    ]
    index.sync()

    assert pks(find(text, sort=sort)) == [made[number].pk for number in order]


def test_without_words_the_newest_come_first(index):
    old = make.resource(published_on=date(2001, 1, 1))
    new = make.resource(published_on=date(2020, 1, 1))
    index.sync()

    assert pks(find()) == [new.pk, old.pk]


# ── Synonyms ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cct(db):
    topic = make.topic("Conditional cash transfers", name_fr="Transferts monétaires conditionnels")
    for language, text, kind in [
        ("en", "CCT", "acronym"),
        ("es", "transferencias con corresponsabilidad", "synonym"),
    ]:
        TopicLabel.objects.create(topic=topic, language=language, text=text, kind=kind)
    return topic


@pytest.mark.parametrize(
    "asked",
    [
        "CCT",
        "cct",
        "conditional cash transfer",
        "transfert monétaire conditionnel",
        "transferencias con corresponsabilidad",
    ],
)
def test_a_topics_names_synonyms_and_acronyms_find_each_other(index, cct, asked):
    of_topic = make.resource(title="Bolsa Família", topics=[cct])
    in_title = make.resource(title="Do conditional cash transfers work?")
    in_capitals = make.resource(title="Ten years of CCTs")
    in_summary = make.resource(title="A study", summary="We look at a conditional cash transfer.")
    make.resource(title="Cash crops")
    index.sync()

    results = find(asked)

    assert set(pks(results)) == {of_topic.pk, in_title.pk, in_capitals.pk, in_summary.pk}
    assert "Conditional cash transfers" in results.also or asked.startswith("conditional")


def test_what_a_synonym_found_is_marked(index, cct):
    make.resource(
        title="Do Conditional Cash Transfers, in cash, work?",
        summary="CCTs and other transfers",
        topics=[cct],
    )
    index.sync()

    hit = find("CCT").hits[0]

    assert hit.title == "Do <mark>Conditional</mark> <mark>Cash</mark> <mark>Transfers</mark>, in cash, work?"
    assert hit.snippet == "<mark>CCTs</mark> and other transfers"


def test_an_acronym_is_no_ordinary_word_in_documents(index, db):
    topic = make.topic("Shock-adaptive financial aid")
    TopicLabel.objects.create(topic=topic, language="en", text="SAFE", kind="acronym")
    make.resource(title="A safe place")
    meant = make.resource(title="The SAFE approach")
    index.sync()

    assert found("shock-adaptive financial aid") == {meant.pk}


# ── Typing mistakes ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["unemploymant", "unemplyment", "unemployyment", "unepmloyment"])
def test_a_word_with_one_mistake_still_finds_and_is_set_right(index, typed):
    resource = make.resource(title="Unemployment insurance")
    make.resource(title="Health insurance")
    index.sync()

    results = find(f"{typed} insurance")

    assert (pks(results), results.suggestion) == ([resource.pk], "unemployment insurance")


def test_nothing_is_suggested_for_what_finds_something_or_has_nothing_near(index):
    make.resource(title="Unemployment insurance")
    index.sync()

    assert [find(text).suggestion for text in ("insurance", "qqqqqqqq", "", "insurences qqqqqqqq")] == [
        ""
    ] * 4


# ── Pages, highlights, language versions ─────────────────────────────────────────────────────────────


def test_pages_follow_each_other_without_a_gap(index):
    made = [make.resource(title=f"Survey {n}", published_on=date(2000, 1, n)) for n in range(1, 8)]
    index.sync()

    pages = [find("survey", sort="oldest", page=page, per_page=3) for page in (1, 2, 3, 4, 10**9)]

    assert [pks(page) for page in pages] == [
        [r.pk for r in made[:3]],
        [r.pk for r in made[3:6]],
        [r.pk for r in made[6:]],
        [],
        [],
    ]
    assert [page.total for page in pages] == [7] * 5


def test_highlights_mark_the_words_and_their_other_forms(index):
    make.resource(title="Cash transfers & <b>trust</b>", summary="How a transfer reaches people.")
    index.sync()

    hit = find("transferring cash").hits[0]

    assert hit.title == "<mark>Cash</mark> <mark>transfers</mark> &amp; &lt;b&gt;trust&lt;/b&gt;"
    assert hit.snippet == "How a <mark>transfer</mark> reaches people."


def test_a_long_summary_is_cut_around_the_words(index):
    make.resource(title="Report", summary=f"{'before ' * 80}the microinsurance scheme{' after' * 80}")
    index.sync()

    snippet = find("microinsurance").hits[0].snippet

    assert (snippet[:8], snippet[-7:]) == ("… before", "after …")
    assert "<mark>microinsurance</mark> scheme" in snippet
    assert len(snippet.split()) < 45


def test_highlights_can_be_left_out(index):
    make.resource(title="Cash", summary="Cash")
    index.sync()

    hit = find("cash", highlight=False).hits[0]

    assert (hit.title, hit.snippet) == ("", "")


def test_language_versions_are_one_hit_shown_in_the_readers_language(index):
    english = make.resource(title="Old age")
    french = make.resource(title="La vieillesse", language_code="fr", work=english.work)
    index.sync()

    assert [pks(find("vieillesse", language=language)) for language in ("en", "fr", "ar")] == [
        [english.pk],
        [french.pk],
        [english.pk],
    ]
    assert pks(find("old age", filters={"language": ["fr"]})) == [french.pk]
    assert find("", facets=("kind", "language")).facets == {
        "kind": [("publication", 1)],
        "language": [("en", 1), ("fr", 1)],
    }


def test_of_two_editions_the_later_is_found(index):
    first = make.resource(title="Handbook of levies")
    second = make.resource(title="Handbook of levies, second edition", work=first.work, version=2)
    index.sync()

    assert [pks(find(text)) for text in ("levies", "second edition")] == [[second.pk]] * 2


# ── Who may see ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_what_is_not_published_is_not_found(index, status):
    make.resource(title="Secret pension plan", status=status)
    index.sync()

    results = find("secret", facets=FACETS)

    assert (results.total, [counts for counts in results.facets.values() if counts]) == (0, [])
    assert suggest("secret") == []


def test_only_the_given_audiences_are_served(index):
    make.resource(title="Open letter")
    index.sync()

    assert [
        find("open", audience=audience).total for audience in (("public",), ("member",), ("member", "public"))
    ] == [1, 0, 1]


def test_a_withdrawn_language_version_leaves_the_others(index):
    english = make.resource(title="Old age")
    french = make.resource(title="La vieillesse", language_code="fr", work=english.work)
    index.sync()
    actions.withdraw_resource(english, reason="Error")

    index.sync()

    assert (found("old age"), found("vieillesse")) == (set(), {french.pk})
