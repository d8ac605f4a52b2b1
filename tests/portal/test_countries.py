"""The country index and the pages of countries."""

import csv
import io
import re
from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import reverse

from kit import maps
from kit.maps import Scale
from portal import country_index
from resources.models import Indicator, IndicatorValue, Kind, TreatyRatification
from tests import make
from vocabularies import queries as vocabularies
from vocabularies.actions import load_vocabularies
from vocabularies.models import CountryAlias

pytestmark = pytest.mark.django_db
INDEX = "/countries/"


def html_of(client, address, **parameters):
    answer = client.get(address, parameters)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    """What a reader sees of a piece of HTML, in one line."""
    text = re.sub(r"<(?:svg|title|style)\b.*?</(?:svg|title|style)>", " ", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def section(html, id):
    """The section with that id, up to the next one."""
    return re.search(rf'<section class="[^"]*" id="{id}".*?</section>', html, re.S)[0]


def cells(html):
    """The rows of the tables of a page: the words of each cell."""
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", html, re.S)
    return [[words(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.S)] for row in rows]


def figure(code, iso3, values, **fields):
    fields = {"name_en": code, "unit": "% of population", "source": "ILO", "group": "coverage", **fields}
    one, _made = Indicator.objects.get_or_create(code=code, defaults=fields)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=one, country=make.country(iso3), year=year, value=value)
        for year, value in values.items()
    )


def programme(title="Social cash transfers", **detail):
    return make.resource(Kind.PROGRAMME, title=title, countries=["MWI"], detail=detail)


def law(title="Pension Act", **detail):
    return make.resource(Kind.LAW, title=title, countries=["MWI"], detail=detail)


# ── The index ────────────────────────────────────────────────────────────────────────────────────────
def test_the_table_lists_every_country_by_region_with_its_number(client):
    make.country("ZMB")
    make.country("CHL")
    make.resource(title="A paper", countries=["MWI"])

    html = html_of(client, INDEX)

    assert re.findall(r"<caption>(.*?)</caption>", html) == [
        "Latin America and Caribbean",
        "Sub-Saharan Africa",
    ]
    assert cells(html) == [
        ["Chile", "High income", "None yet"],
        ["Malawi", "Low income", "1"],
        ["Zambia", "Lower middle income", "None yet"],
    ]


def test_every_country_is_linked(client):
    make.country("MWI")
    make.country("ZMB")

    html = html_of(client, INDEX)

    links = re.findall(r'<th scope="row"><a href="([^"]+)">', html)
    assert [urljoin(INDEX, link) for link in links] == ["/countries/mwi/", "/countries/zmb/"]


def test_the_map_shows_the_same_in_classes_with_a_legend_in_words(client):
    make.country("ZMB")
    make.resource(title="A paper", countries=["MWI"])

    html = html_of(client, INDEX)

    classes = {
        tone: re.findall(r'<a href="([^"]+)" tabindex="-1"><title>([^<]+)</title><path', drawn)
        for tone, drawn in re.findall(r'<g class="(q\w)">(.*?)</g>', html)
    }
    assert classes == {
        "q0": [("zmb/", "Zambia: None yet")],
        "q1": [("mwi/", "Malawi: 1")],
        "qn": [],
    }
    key = re.search(r'<ul class="key">.*?</ul>', html, re.S)[0]
    assert words(key) == "None yet (1) 1 (1)"
    assert "1 country has no resource yet." in words(html)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"region": "SSF"}, ["Malawi", "Zambia"]),
        ({"income": "HIC"}, ["Chile"]),
        ({"region": "SSF", "income": "LMC"}, ["Zambia"]),
        ({"sort": "name"}, ["Chile", "Malawi", "Zambia"]),
        ({"sort": "-name"}, ["Zambia", "Malawi", "Chile"]),
        ({"sort": "-number"}, ["Malawi", "Chile", "Zambia"]),
        ({"sort": "number"}, ["Chile", "Zambia", "Malawi"]),
    ],
)
def test_the_table_is_filtered_and_sorted_by_its_address(client, parameters, expected):
    make.country("ZMB")
    make.country("CHL")
    make.resource(title="A paper", countries=["MWI"])

    html = html_of(client, INDEX, **parameters)

    assert [row[0] for row in cells(html)] == expected


def test_countries_without_a_figure_come_last_in_both_directions(client):
    for iso3 in ("MWI", "ZMB", "CHL"):
        make.country(iso3)
    figure("sp_coverage_share", "MWI", {2015: 21.3})
    figure("sp_coverage_share", "CHL", {2015: 69})

    up = cells(html_of(client, INDEX, show="coverage", sort="number"))
    down = cells(html_of(client, INDEX, show="coverage", sort="-number"))

    assert [row[::2] for row in up] == [
        ["Malawi", "21.3%, 2015"],
        ["Chile", "69%, 2015"],
        ["Zambia", "No figure"],
    ]
    assert [row[0] for row in down] == ["Chile", "Malawi", "Zambia"]


def test_countries_the_world_bank_does_not_classify_have_a_group_of_their_own(client):
    make.country("FRA", wb_region=None, income_group="")

    html = html_of(client, INDEX, region="none")

    assert re.findall(r"<caption>(.*?)</caption>", html) == ["Not classified by the World Bank"]
    assert cells(html) == [["France", "Not classified", "None yet"]]


def test_filters_that_leave_nothing_say_so_and_lead_back(client):
    make.country("MWI")

    html = html_of(client, INDEX, region="SSF", income="HIC", show="laws")

    assert "No country is in this region and this income group" in words(html)
    assert f'href="{INDEX}?show=laws"' in html


@pytest.mark.parametrize("name", ["show", "region", "income", "sort"])
def test_an_unknown_value_is_named_and_left_out(client, name):
    make.country("MWI")

    html = html_of(client, INDEX, **{name: "<b>Atlantis"})

    assert "Not known here, so left out: &lt;b&gt;Atlantis." in words(html)
    assert [row[0] for row in cells(html)] == ["Malawi"]


def test_sort_links_turn_the_present_order_round_and_keep_the_filters(client):
    make.country("MWI")

    html = html_of(client, INDEX, sort="name", region="SSF", show="laws")

    links = {
        words(text): parse_qs(urlsplit(url.replace("&amp;", "&")).query)
        for url, text in re.findall(r'<a href="([^"]+)#table"[^>]*>(.*?)</a>', html)
    }
    assert links == {
        "Region": {"show": ["laws"], "region": ["SSF"]},
        "Name ↑": {"show": ["laws"], "region": ["SSF"], "sort": ["-name"]},
        "Laws and policies": {"show": ["laws"], "region": ["SSF"], "sort": ["-number"]},
    }


@pytest.mark.parametrize("typed", ["Malawi", "malawi", "MWI", "Nyasaland"])
def test_a_name_an_alias_or_a_code_leads_to_the_country(client, typed):
    CountryAlias.objects.create(country=make.country("MWI"), text="Nyasaland", folded="nyasaland")

    answer = client.get(INDEX, {"q": typed})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/countries/mwi/")


def test_an_unknown_name_is_kept_and_near_ones_are_offered(client):
    make.country("MWI")
    make.country("CHL")

    html = html_of(client, INDEX, q="malavi <x>")

    assert "We know no country called “malavi &lt;x&gt;”. Did you mean one of these?" in words(html)
    assert 'value="malavi &lt;x&gt;"' in html
    assert re.findall(r'<li><a href="(/countries/\w+/)">', html) == ["/countries/mwi/"]


def test_a_name_like_no_other_gets_a_hint_without_suggestions(client):
    make.country("MWI")

    html = html_of(client, INDEX, q="q" * 5000)

    assert "Check the spelling, or choose from the table below." in words(html)
    assert f'value="{"q" * 100}"' in html


@pytest.mark.parametrize("rows", [1, 20])
def test_the_index_asks_the_same_queries_for_1_and_20_resources(client, rows, django_assert_num_queries):
    for n in range(rows):
        make.resource(title=f"Paper {n}", countries=["MWI", "ZMB"])

    vocabularies.countries()

    # Works by kind, ratifications, and three for the averages; none once they are remembered.
    with django_assert_num_queries(5):
        client.get(INDEX)
    with django_assert_num_queries(0):
        client.get(INDEX)


def test_all_numbers_can_be_downloaded(client):
    make.country("ZMB")
    programme()
    figure("sp_coverage_share", "MWI", {2015: 21.3})

    answer = client.get(reverse("country_numbers"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="countries.csv"'
    assert list(csv.DictReader(io.StringIO(answer.content.decode()))) == [
        {
            "iso3": "MWI",
            "country": "Malawi",
            "region": "Sub-Saharan Africa",
            "income_group": "LIC",
            "resources": "1",
            "programmes": "1",
            "laws": "0",
            "coverage_percent_of_population": "21.3",
            "coverage_year": "2015",
            "treaties_ratified": "",
        },
        {
            "iso3": "ZMB",
            "country": "Zambia",
            "region": "Sub-Saharan Africa",
            "income_group": "LMC",
            "resources": "0",
            "programmes": "0",
            "laws": "0",
            "coverage_percent_of_population": "",
            "coverage_year": "",
            "treaties_ratified": "",
        },
    ]


@pytest.mark.parametrize(
    ("show", "bounds", "expected"),
    [
        ("laws", (5, 10, 50), ["1–4", "5–9", "10–49", "50 or more"]),
        ("laws", (2, 3, 5), ["1", "2", "3–4", "5 or more"]),
        ("treaties", (3, 4, 5), ["1–2", "3", "4", "5"]),
        ("coverage", (10, 25, 50), ["Under 10%", "10–25%", "25–50%", "50% or more"]),
    ],
)
def test_the_legend_tells_each_class_in_numbers(show, bounds, expected):
    numbers = {"laws": [1, bounds[0], bounds[1], bounds[2], 99], "treaties": [1, 3, 4, 5]}.get(
        show, [5, 10, 25, 50]
    )
    rows = [country_index.Row("MWI", "454", "Malawi", "/", "SSF", "", number, None, "") for number in numbers]

    steps = country_index.legend(rows, show, Scale(bounds))

    assert [step.label for step in steps] == expected


# ── A country ────────────────────────────────────────────────────────────────────────────────────────
def test_a_country_says_who_it_is_and_what_we_hold(client):
    make.country("MWI", is_ldc=True, population=21_655_286, population_year=2024)
    programme()
    law()
    law("Employment Act")

    html = html_of(client, "/countries/mwi/")

    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Malawi"]
    assert words(re.search(r'<p class="pagehead__meta">.*?</p>', html, re.S)[0]) == (
        "Low income · Least developed country · 21.7 million people (2024) · 1 programme · 2 laws and policies."
    )
    assert words(re.search(r'<nav class="crumbs".*?</nav>', html, re.S)[0]) == (
        "Home Countries Sub-Saharan Africa Malawi"
    )


@pytest.mark.parametrize(
    "address", ["/countries/MWI/", "/countries/Mwi/", "/countries/malawi/", "/countries/Malawi/"]
)
def test_a_country_has_one_address(client, address):
    make.country("MWI")

    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (301, "/countries/mwi/")


@pytest.mark.parametrize("code", ["xxx", "XXX", "atlantis", "m", "%00%01", "1" * 2000, "<b>"])
def test_what_is_no_country_is_not_found(client, code):
    make.country("MWI")

    pages = [client.get(f"/countries/{code}/"), client.get(f"/countries/{code}/indicators.csv")]

    assert [page.status_code for page in pages] == [404, 404]


def test_a_country_of_which_nothing_is_known_says_so_everywhere(client):
    make.country("CHL")

    html = html_of(client, "/countries/chl/")

    assert re.findall(r'<p class="missing">(.*?)</p>', html) == [
        "No figure on Chile in our sources.",
        "The library has no programme profile of Chile yet.",
        "The library has no law or policy of Chile yet.",
        "No ratifications have been loaded.",
        "The library has no publication, news or other resource on Chile yet.",
    ]


def test_a_figure_shows_its_year_its_change_its_average_and_a_chart_that_says_so(client):
    for iso3, values in {"MWI": {2010: 10, 2016: 21.26}, "ZMB": {2016: 30}, "JOR": {2015: 30}}.items():
        make.country(iso3, income_group="LIC")
        figure("coverage", iso3, values, name_en="Covered by a benefit")

    html = section(html_of(client, "/countries/mwi/"), "indicators")

    assert (
        "Covered by a benefit 21.3 % of population 2016 · up 11.3 since 2010 · Low-income average 27.1"
        in words(html)
    )
    assert re.findall(r'<svg viewBox="[^"]+" direction="ltr" role="img" aria-label="([^"]+)"', html) == [
        "Covered by a benefit, Malawi: 21.3 % of population in 2016, up 11.3 since 2010. Low-income average 27.1"
    ]


def test_a_lone_figure_is_drawn_as_a_bar_beside_the_average(client):
    for iso3, value in {"MWI": 20, "ZMB": 30, "JOR": 40}.items():
        make.country(iso3, income_group="LIC")
        figure("coverage", iso3, {2015: value})

    html = section(html_of(client, "/countries/mwi/"), "indicators")

    assert re.findall(r'<rect class="(f-\w+)"', html) == ["f-main", "f-mute"]
    assert "2015 · Low-income average 30" in words(html)


def test_what_is_missing_among_the_indicators_is_named(client):
    make.country("MWI")
    figure("coverage", "ZMB", {2015: 1}, name_en="Covered by a benefit")
    figure("gini", "MWI", {2016: 44.7}, name_en="Gini index", group="inequality")
    figure("spending", "ZMB", {2015: 1}, name_en="Spending", group="other")

    html = section(html_of(client, "/countries/mwi/"), "indicators")

    assert "Covered by a benefit No figure in our sources" in words(html)
    assert "No figure in our sources: Spending." in words(html)


def test_indicators_name_their_sources_years_and_data_file(client):
    make.country("MWI")
    figure(
        "gini", "MWI", {1997: 65.8, 2016: 44.7}, source="World Bank", source_url="https://data.example/gini"
    )

    html = section(html_of(client, "/countries/mwi/"), "indicators")

    assert "Sources: World Bank . Years 1997 to 2016." in words(html)
    assert 'href="https://data.example/gini"' in html
    assert 'href="/countries/mwi/indicators.csv"' in html


def test_every_figure_can_be_downloaded(client):
    figure("gini", "MWI", {1997: 65.8, 2016: 44.7}, name_en="=Gini", source_url="https://data.example/gini")
    figure("gini", "ZMB", {2015: 57.1})

    rows = list(csv.reader(io.StringIO(client.get("/countries/mwi/indicators.csv").content.decode())))

    assert rows == [
        ["iso3", "country", "indicator", "indicator_name", "year", "value", "unit", "source", "source_url"],
        [
            "MWI",
            "Malawi",
            "gini",
            "'=Gini",
            "1997",
            "65.8",
            "% of population",
            "ILO",
            "https://data.example/gini",
        ],
        [
            "MWI",
            "Malawi",
            "gini",
            "'=Gini",
            "2016",
            "44.7",
            "% of population",
            "ILO",
            "https://data.example/gini",
        ],
    ]


def test_a_programme_shows_what_its_source_gives_and_what_it_does_not(client):
    act = law("Social Support Act")
    programme(
        "Cash transfers",
        sub_type="Cash transfer",
        agency="Ministry of Gender",
        started_year=2006,
        ended_year=2020,
        coverage=306000,
        coverage_unit="households",
        coverage_year=2015,
        legal_basis=act,
    )
    programme("Village savings", type="other", coverage=3.1, coverage_unit="% of population")

    html = section(html_of(client, "/countries/mwi/"), "programmes")

    assert cells(html) == [
        [
            "Village savings",
            "Programme",
            "Not reported",
            "Not reported",
            "3.1% of population",
            "No legal basis recorded",
        ],
        [
            "Cash transfers",
            "Cash transfer",
            "Ministry of Gender",
            "2006 Until 2020",
            "306,000 households, 2015",
            "Social Support Act",
        ],
    ]


def test_ten_programmes_are_shown_and_the_library_has_the_rest(client):
    for n in range(12):
        programme(f"Programme {n:02}")

    html = section(html_of(client, "/countries/mwi/"), "programmes")

    assert [row[0] for row in cells(html)] == [f"Programme {n:02}" for n in range(10)]
    assert '<a href="/library/?country=MWI&amp;kind=programme">All 12 programmes</a>' in html


def test_laws_stand_as_a_timeline_that_says_their_status_in_words(client):
    law("Workers' Compensation Act", adopted_year=2000, instrument="act", force="in_force")
    law("National Social Support Policy", adopted_year=2012, instrument="policy", force="in_force")
    law("Employment injury law, Malawi, 2019", adopted_year=2019, title_is_description=True)

    html = section(html_of(client, "/countries/mwi/"), "laws")

    items = re.findall(r'<li( class="is-force")?>(<b>.*?)</li>', html, re.S)
    assert [(bool(mark), words(item)) for mark, item in items] == [
        (True, "2000 Workers&#x27; Compensation Act Act or law · In force"),
        (False, "2012 National Social Support Policy Policy · In force"),
        (
            False,
            "2019 Employment injury law, Malawi, 2019 Legal instrument · Status not known · title not given by the source",
        ),
    ]
    assert "Law in force Policy, amended, or status not known" in words(html)


def test_treaties_tell_party_signature_and_no_action_apart(client):
    for code, state, year in [("CRC", "party", 1991), ("CRPD", "signatory", 2007), ("ICMW", "none", None)]:
        TreatyRatification.objects.create(
            country=make.country("MWI"), treaty_code=code, treaty=code, state=state, year=year
        )

    html = section(html_of(client, "/countries/mwi/"), "treaties")

    assert [row[1] for row in cells(html)] == ["Party since 1991", "Signed 2007, not ratified", "No action"]


def test_the_latest_resources_lead_on_to_all(client):
    for year in range(2015, 2024):
        make.resource(title=f"Paper of {year}", countries=["MWI"], published_on=date(year, 1, 1))

    html = section(html_of(client, "/countries/mwi/"), "resources")

    assert re.findall(r"Paper of \d+", html) == [
        f"Paper of {year}" for year in (2023, 2022, 2021, 2020, 2019)
    ]
    assert '<a href="/library/?country=MWI">All 9 on Malawi</a>' in html


def test_a_profile_lends_the_page_its_text_and_its_review(client):
    make.resource(
        Kind.COUNTRY,
        title="Malawi",
        summary="Cash transfers reach every district.",
        body="## History\n\nSince *2006*.",
        countries=["MWI"],
        detail={
            "country": make.country("MWI"),
            "reviewed_on": date(2026, 11, 2),
            "reviewed_by": "Ministry of Gender",
        },
    )

    html = html_of(client, "/countries/mwi/")

    assert "Reviewed by Ministry of Gender, 2 November 2026." in words(html)
    assert "<p>Cash transfers reach every district." in html
    assert "<h3>History</h3>" in html


@pytest.mark.parametrize("rows", [1, 20])
def test_a_country_costs_the_same_queries_for_1_and_20_programmes_and_laws(
    client, rows, django_assert_num_queries
):
    act = law("The act they stand on")
    for n in range(rows):
        programme(f"Programme {n}", legal_basis=act)
        law(f"Act {n}", adopted_year=2000 + n)
        make.resource(title=f"Paper {n}", countries=["MWI", "ZMB"])
        figure(f"indicator_{n}", "MWI", {2015: 1, 2016: 2})
    client.get("/countries/mwi/")

    # Counts, profile, programmes, laws, the latest resources and their rows.
    with django_assert_num_queries(6):
        client.get("/countries/mwi/")


def test_the_page_speaks_the_readers_language(client):
    make.country("BRA", name_fr="Brésil", name_ar="البرازيل")

    french, arabic = html_of(client, "/fr/countries/bra/"), html_of(client, "/ar/countries/bra/")

    assert re.findall(r"<h1>(.*?)</h1>", french + arabic) == ["Brésil", "البرازيل"]
    assert 'dir="rtl"' in arabic[:200]


def test_only_reading_is_allowed(client):
    make.country("MWI")

    codes = [
        client.post(address).status_code
        for address in (INDEX, "/countries/mwi/", "/countries/mwi/indicators.csv", "/countries/countries.csv")
    ]

    assert codes == [405, 405, 405, 405]


# ── All countries at once ────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", ["", "/fr", "/es", "/pt", "/ar"])
def test_the_index_of_all_countries_stays_below_100_kb(client, language):
    load_vocabularies()

    sizes = [len(client.get(f"{language}{INDEX}", {"show": show}).content) for show in country_index.MEASURES]

    assert [size for size in sizes if not 60_000 < size < 100_000] == []


def test_every_shape_and_dot_of_the_map_is_a_country_of_the_vocabulary():
    load_vocabularies()

    known = {country.m49 for country in vocabularies.countries().values()}
    world = maps.world()

    assert sorted((world["shapes"].keys() | world["dots"].keys()) - known) == []
    assert sorted(world["regions"].keys() - {""}) == sorted(vocabularies.regions("wb"))
