"""What the files say about regions, languages and countries, as rows of our tables."""

import zoneinfo

from django.utils.translation import gettext as _

from kit.text import fold
from vocabularies.load.files import VocabularyError, read_table
from vocabularies.models import NAME_LANGUAGES, IncomeGroup, Region

INCOME_CODES = {"LIC": "LIC", "LMIC": "LMC", "UMIC": "UMC", "HIC": "HIC", "": ""}
NAMES = [f"name_{language}" for language in NAME_LANGUAGES]


def names_of(row, *, every=True):
    """The five names of a row; English must be there, the others too when `every` says so."""
    return {column: row.text(column, required=every or column == "name_en") for column in NAMES}


def regions(folder):
    """Region rows by code, a parent before its parts."""
    found = {}
    for row in read_table(folder, "regions.csv", ["code", "scheme", "parent", *NAMES], unique=["code"]):
        code = row.code("code", 3)
        scheme = row.one_of("scheme", Region.Scheme.values)
        parent = row.one_of("parent", [c for c, r in found.items() if r["scheme"] == scheme], required=False)
        found[code] = {"scheme": scheme, "parent_id": parent or None, **names_of(row)}
    return found


def languages(folder):
    """Language rows by code."""
    found = {}
    for row in read_table(folder, "languages.csv", ["code", *NAMES, "endonym", "rtl"], unique=["code"]):
        code = row.text("code", required=True, longest=3)
        if not (code.isascii() and code.isalpha() and code.islower() and len(code) in (2, 3)):
            raise row.wrong(_("“%s” is not a language code of two or three small letters.") % code)
        found[code] = {
            **names_of(row, every=False),
            "endonym": row.text("endonym", longest=100),
            "is_rtl": row.flag("rtl"),
        }
    return found


COUNTRY_COLUMNS = [
    *["iso2", "iso3", "m49", *NAMES, "un_name_en", "un_name_fr", "un_name_es", "un_name_ar"],
    *[
        "un_region",
        "un_subregion",
        "un_intermediate_region",
        "wb_region_code",
        "income_code",
        "lending_category",
    ],
    *["g20", "ldc", "lldc", "sids", "independent", "population", "population_year", "lat", "lon"],
    *["capital", "capital_timezone", "all_timezones", "currency", "languages"],
]


def countries(folder, regions, languages):
    """Country rows by iso3, and the codes of the languages spoken in each."""
    m49 = {row["name_en"]: code for code, row in regions.items() if row["scheme"] == Region.Scheme.M49}
    world_bank = {code for code, row in regions.items() if row["scheme"] == Region.Scheme.WORLD_BANK}
    table = read_table(folder, "countries.csv", COUNTRY_COLUMNS, unique=["iso3"])
    shown = better_names(folder, {row.text("iso3") for row in table})
    found, spoken, seen = {}, {}, {"iso2": set(), "m49": set()}
    for row in table:
        iso3 = row.code("iso3", 3)
        codes = {"iso2": row.code("iso2", 2), "m49": row.code("m49", 3)}
        for column, value in codes.items():
            if value in seen[column]:
                raise row.wrong(
                    _("“%(column)s” %(value)s stands in an earlier row.") % {"column": column, "value": value}
                )
            seen[column].add(value)
        cldr = {
            language: row.text(f"name_{language}")
            for language in NAME_LANGUAGES
            if row.text(f"name_{language}")
        }
        names = {
            f"name_{language}": shown.get((iso3, language))
            or (row.text(f"un_name_{language}") if language != "pt" else "")
            or row.text(f"name_{language}", required=language == "en")
            for language in NAME_LANGUAGES
        }
        finest = [c for c in ("un_intermediate_region", "un_subregion", "un_region") if row.text(c)]
        for column in finest:
            row.one_of(column, m49)
        zones = row.list_of("all_timezones", "|")
        for zone in {*zones, row.text("capital_timezone")} - {""}:
            if not known_time_zone(zone):
                raise row.wrong(_("“%s” is not a time zone.") % zone)
        found[iso3] = {
            **codes,
            **names,
            "cldr_names": cldr,
            "wb_region_id": row.one_of("wb_region_code", world_bank, required=False) or None,
            "m49_region_id": m49[row.text(finest[0])] if finest else None,
            "income_group": INCOME_CODES[row.one_of("income_code", INCOME_CODES, required=False)],
            "lending_category": row.text("lending_category", longest=20),
            "is_g20": row.flag("g20"),
            "is_ldc": row.flag("ldc"),
            "is_lldc": row.flag("lldc"),
            "is_sids": row.flag("sids"),
            "is_independent": row.text("independent") == "Yes",
            "population": row.number_in("population", lowest=0),
            "population_year": row.number_in("population_year", lowest=1900, highest=2200),
            "latitude": row.number_in("lat", float, -90, 90),
            "longitude": western(row.number_in("lon", float, -180, 360)),
            "capital": row.text("capital", longest=100),
            "capital_time_zone": row.text("capital_timezone", longest=50),
            "time_zones": zones,
            "currency": own_currency(row, codes["iso2"]),
        }
        tags = [tag.split("-")[0] for tag in row.list_of("languages")]
        spoken[iso3] = {tag for tag in tags if tag in languages}
    return found, spoken


def own_currency(row, iso2):
    """The currency a country issues, where the file lists a foreign one beside it."""
    listed = row.list_of("currency")
    for code in listed:
        if len(code) != 3:
            raise row.wrong(_("“%s” is not a currency code.") % code)
    return next((code for code in listed if code.startswith(iso2)), listed[0] if listed else "")


def western(longitude):
    """Degrees east counted past 180 as degrees west."""
    return longitude - 360 if longitude is not None and longitude > 180 else longitude


def known_time_zone(name):
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def better_names(folder, known):
    """Names shown in place of what the countries file gives, by (iso3, language)."""
    table = read_table(
        folder, "country_names.csv", ["iso3", "language", "name", "why"], unique=["iso3", "language"]
    )
    return {
        (row.one_of("iso3", known), row.one_of("language", NAME_LANGUAGES)): row.text("name", required=True)
        for row in table
    }


def aliases(folder, countries):
    """(iso3, text) by folded text; no alias may be another country's name or alias."""
    names = {}
    for iso3, country in countries.items():
        for text in [*(country[name] for name in NAMES), *country["cldr_names"].values()]:
            names.setdefault(fold(text), iso3)
    found = {}
    for row in read_table(folder, "country_aliases.csv", ["iso3", "text"], unique=["iso3", "text"]):
        iso3, text = row.one_of("iso3", countries), row.text("text", required=True, longest=150)
        folded = fold(text)
        if not folded:
            raise row.wrong(_("“%s” has no letter.") % text)
        other = names.get(folded) or found.get(folded, {}).get("country_id")
        if other and other != iso3:
            raise row.wrong(_("“%(text)s” already stands for %(other)s.") % {"text": text, "other": other})
        found.setdefault(folded, {"country_id": iso3, "text": text})
    return found


def income_classes(folder, countries):
    """Income group by (iso3, year); the newest year must agree with the countries file."""
    found, rows = {}, {}
    for row in read_table(folder, "income_classes.csv", ["iso3", "year", "group"], unique=["iso3", "year"]):
        key = (row.one_of("iso3", countries), row.number_in("year", lowest=1987, highest=2200))
        if key[1] is None:
            raise row.wrong(_("“%s” is empty.") % "year")
        found[key] = {"group": row.one_of("group", IncomeGroup.values)}
        rows[key] = row
    newest = max((year for _iso3, year in found), default=None)
    for iso3, country in countries.items():
        given = found.get((iso3, newest), {"group": ""})["group"]
        if newest and given != country["income_group"]:
            row = rows.get((iso3, newest))
            message = _("%(iso3)s is %(given)r in %(year)d, but countries.csv says %(other)r.") % {
                "iso3": iso3,
                "given": given,
                "year": newest,
                "other": country["income_group"],
            }
            raise row.wrong(message) if row else VocabularyError("income_classes.csv", "", message)
    return found


TITLE_RULES = {"never", "with others"}


def title_exceptions(folder, countries=None):
    """(text, rule) of words in titles that look like a country's name; see SOURCE.txt for the rules."""
    table = read_table(folder, "title_exceptions.csv", ["text", "rule", "why"], unique=["text"])
    known = TITLE_RULES | set(countries or ())
    return [
        (
            row.text("text", required=True),
            row.one_of("rule", known) if countries is not None else row.text("rule"),
        )
        for row in table
    ]
