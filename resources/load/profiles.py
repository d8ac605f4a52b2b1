"""Country profiles: one for each independent country with figures or ratifications; the text is of facts only."""

from resources.load.records import Record
from resources.models import Kind

SOURCE = "countries"
ARTICLES = {
    "LIC": "a low-income",
    "LMC": "a lower-middle-income",
    "UMC": "an upper-middle-income",
    "HIC": "a high-income",
}
STATES_BESIDES = {"PSE"}  # observer state of the United Nations
CLASSIFIED = "World Bank, January 2026"


def read(folder, vocabulary):
    """A record a country. Figures, programmes, laws and ratifications stay in their own tables."""
    having = {row["iso3"] for row in folder.rows("indicators/indicators.csv")}
    having |= {row["iso3"] for row in folder.rows("legal/treaty_ratifications.csv")}
    return [
        record_of(country)
        for iso3, country in sorted(vocabulary.countries.items())
        if iso3 in having and (country.is_independent or iso3 in STATES_BESIDES)
    ]


def record_of(country):
    return Record(
        kind=Kind.COUNTRY,
        source=SOURCE,
        ref=country.iso3,
        title=country.name_en,
        summary=summary_of(country),
        countries=[country.iso3],
        detail={"country_id": country.iso3},
    )


def summary_of(country):
    """One or two sentences from the countries' table: income group, region, population, capital."""
    facts = []
    if country.income_group:
        region = f" in the region {country.wb_region.name_en}" if country.wb_region_id else ""
        facts.append(f"{country.name_en} is {ARTICLES[country.income_group]} country{region} ({CLASSIFIED}).")
    if country.population:
        facts.append(f"Population {country.population:,} ({country.population_year}).")
    opening = "Social protection figures, programmes, laws and treaty ratifications."
    return " ".join([opening, *facts])
