"""Programmes: cash transfers and social pensions of Latin America and the Caribbean, COVID-19 measures, graduation, projects."""

import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from kit.text import fold
from resources.load import measures
from resources.load.dates import in_the_past, month_date, parse_date
from resources.load.records import Record, Skipped
from resources.load.text import clean_title, cut_title, junk_reason
from resources.models import Kind, ProgrammeProfile

FILE = "programmes/programmes.csv"
SERIES_FILE = "programmes/lac_ctp_coverage_1999_2019.json"
CC_BY = "CC BY 4.0"
LICENCES = {
    "lac_covid": CC_BY,
    "lac_precovid": CC_BY,
    "pcap_ctp": CC_BY,
    "lac_ctp": CC_BY,
    "wb_projects": CC_BY,
}
SOURCE_NAMES = {
    "lac_covid": "Responses to COVID-19 in Latin America and the Caribbean, research data (github.com/pCobosAlcala, CC BY 4.0)",
    "lac_precovid": "Social assistance before COVID-19 in Latin America and the Caribbean, research data (github.com/pCobosAlcala, CC BY 4.0)",
    "pcap_ctp": "Using Policy Capacities During the Pandemic, data set (CC BY 4.0)",
    "lac_ctp": "Using Policy Capacities During the Pandemic, data set (CC BY 4.0)",
    "spj_covid": "Social Protection and Jobs Responses to COVID-19, working copy of May 2021",
}
TYPES = {
    "1": ProgrammeProfile.Type.SOCIAL_ASSISTANCE,
    "2": ProgrammeProfile.Type.SOCIAL_INSURANCE,
    "3": ProgrammeProfile.Type.LABOUR_MARKET,
}
# The words of the sources for types of benefit: (as shown, category of the vocabulary).
BENEFITS = {
    "cash transfer": ("Cash transfer", "cash-transfers"),
    "1.2. Conditional cash transfers": ("Conditional cash transfer", "1.2"),
    "ncsp": ("Non-contributory social pension", "1.3"),
    "voucher": ("Voucher or in-kind transfer", "1.4"),
    "wage subsidy": ("Wage subsidy", "3.4"),
    "utility waivers": ("Utility waiver", "1.7"),
    "insurance": ("Social insurance", "2"),
    "tax reduction": ("Tax reduction", "3.8"),
    "graduation / economic inclusion": (
        "Graduation and economic inclusion",
        "graduation-and-economic-inclusion",
    ),
}
UNITS = {"individuals": "people", "households": "households", "both": "people or households", "firm": "firms",
         "individual": "people", "household": "households"}  # fmt: skip
PERCENT = "% of population"
TOTALS = {"total", "totals", "grand total", "sum"}
# Names that say nothing without their country and their kind of benefit.
VAGUE_WORDS = {
    "fund",
    "funds",
    "loans",
    "loan",
    "grant",
    "grants",
    "taxes",
    "tax",
    "package",
    "training",
    "housing",
    "food",
    "rent",
    "water",
    "gas",
    "utilities",
    "education",
    "for",
    "individuals",
    "employers",
    "employees",
    "firms",
    "hh",
    "households",
    "benefits",
    "support",
    "guidelines",
    "recovery",
    "budget",
    "subsidy",
    "vouchers",
    "allowance",
    "deferral",
    "telework",
    "mortgage",
    "shelter",
    "price",
    "control",
    "paid",
    "leave",
    "cash",
    "transfer",
    "wage",
    "subsidies",
    "social",
    "security",
    "contributions",
    "unemployment",
    "benefit",
    "assistance",
    "national",
    "development",
    "plan",
    "stimulus",
    "economic",
    "worker",
    "protection",
    "agriculture",
    "financial",
    "fiscal",
    "policy",
    "the",
    "of",
    "and",
    "to",
    "a",
    "frontline",
    "program",
    "programme",
    "response",
    "skills",
    "relief",
    "child",
    "care",
    "items",
    "rate",
    "labor",
    "labour",
    "act",
    "initiatives",
    "increase",
    "in",
    "removal",
}
_ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.I)


def read(folder, vocabulary):
    """Records of programmes.csv and of the coverage series, with the figures of the measures list where it has more."""
    rows = folder.rows(FILE)
    more = measures.by_reference(folder)
    refs = Counter()
    found = []
    conditional = {
        (r["iso3"], fold(r["name"])): r["sub_category"]
        for r in rows
        if r["source"] == "lac_precovid" and "1.2" in r["sub_category"]
    }
    for row in sorted(rows, key=lambda r: r["source"] != "pcap_ctp"):
        if row["source"] == "pcap_ctp":
            row["sub_category"] = conditional.get((row["iso3"], fold(row["name"])), row["sub_category"])
        refs[row["source"], row["source_ref"]] += 1
        occurrence = refs[row["source"], row["source_ref"]]
        ref = row["source_ref"] if occurrence == 1 else f"{row['source_ref']}#{occurrence}"
        found.append(record_of(row, ref, more.get(row["source_ref"]), vocabulary))
    found.extend(
        series_records(
            folder,
            vocabulary,
            {(r.countries[0], fold(r.title)) for r in found if isinstance(r, Record) and r.countries},
        )
    )
    return found


def record_of(row, ref, measure, vocabulary):
    """One programme, or why it is left out."""
    source, name = row["source"], clean_title(row["name"]).rstrip(".")
    name = name[:1].upper() + name[1:]
    reason = "a total, not a programme" if fold(name) in TOTALS else junk_reason(name)
    if reason:
        return Skipped(source, ref, name, reason)
    country = country_of(row, vocabulary)
    notes = [] if country else [f"no country of ISO 3166: {row['country_as_given'] or 'none given'}"]
    benefit, category = benefit_of(row)
    emergency = row["kind"].startswith("covid")
    detail = {
        "type": TYPES.get(row["category"][:1], ProgrammeProfile.Type.OTHER),
        "local_name": "" if fold(row["name_local"]) == fold(name) else clean_title(row["name_local"])[:400],
        "sub_type": benefit[:200],
        "is_emergency_measure": emergency,
        "agency": agency_of(row["agency"]),
        "sources": _ADDRESS.findall(row["urls"])[:20],
        **coverage_of(row, notes),
        **span_of(row, notes),
    }
    if measure:
        detail.update(
            {k: v for k, v in measures.details_of(measure).items() if detail.get(k) in (None, "", 0)}
        )
    title = name
    if is_vague(name):
        title = full_name(
            name, benefit, vocabulary.country_name(country) if country else row["country_as_given"], emergency
        )
        notes.append("name says little: benefit and country added")
    published_on, precision, year = date_of(row, emergency)
    return Record(
        kind=Kind.PROGRAMME,
        source=source,
        ref=ref,
        title=cut_title(title),
        licence=LICENCES.get(source, ""),
        url=detail["sources"][0][:1000] if source == "wb_projects" and detail["sources"] else "",
        published_on=published_on,
        precision=precision,
        year=year,
        countries=[country] if country else [],
        topics=[category] if category else [],
        detail=detail,
        notes=notes,
    )


def country_of(row, vocabulary):
    if row["iso3"] in vocabulary.countries:
        return row["iso3"]
    return vocabulary.resolve_country(row["country_as_given"]) or vocabulary.resolve_country(row["iso3"])


def benefit_of(row):
    """(type of benefit as shown, category code)."""
    given = row["sub_category"]
    if given in BENEFITS:
        return BENEFITS[given]
    numbered = re.match(r"([\d.]+?)\.?\s*(?=[^\d.\s])(.*)", given)
    if numbered:
        name = numbered.group(2).strip()
        return "" if name == "Other" else name, numbered.group(1).strip(".")
    return given, row["category"][:1] if row["category"][:1].isdigit() else ""


def coverage_of(row, notes):
    """Coverage with its unit, year and source. A share is told in percent; a figure that cannot be what its unit says is left out."""
    try:
        value = Decimal(row["coverage"])
    except InvalidOperation:
        return {}
    unit = row["coverage_unit"]
    if unit == "share of population":
        value, unit = value * 100, PERCENT
    elif unit == PERCENT and row["sub_category"] == "ncsp":
        notes.append(f"coverage {row['coverage']} {PERCENT} left out: the list mixes shares and percent")
        return {}
    elif unit != PERCENT:
        unit = UNITS.get(re.sub(r"^\d+\.\s*", "", unit).lower(), "people")
    if value < 0 or (unit == PERCENT and value > 100):
        notes.append(f"coverage {row['coverage']} {row['coverage_unit']} left out: not possible")
        return {}
    return {
        "coverage": round(value, 2),
        "coverage_unit": unit,
        "coverage_year": int(row["coverage_year"]) if row["coverage_year"].isdigit() else None,
        "coverage_source": SOURCE_NAMES.get(row["source"], ""),
    }


def span_of(row, notes):
    """First and last year; an end before its start is left out."""
    started, ended = parse_date(row["start"])[0], parse_date(row["end"])[0]
    if started and ended and ended.year < started.year:
        notes.append(f"end {row['end']} before start {row['start']}: left out")
        ended = None
    return {"started_year": started.year if started else None, "ended_year": ended.year if ended else None}


def date_of(row, emergency):
    """The day a measure started; a programme's first year; nothing where the source has neither."""
    day, precision = in_the_past(*parse_date(row["start"]))
    if day is None:
        return None, "day", None
    if precision == "day" and not emergency and row["source"] != "wb_projects":
        day, precision = month_date(day.year)
    return day, precision, day.year


def agency_of(text):
    """Agencies with a space after each comma; shouted names stay as they are."""
    return re.sub(r",(?=\S)", ", ", " ".join(text.split()))[:500]


def is_vague(name):
    words = fold(name).split()
    return len(words) <= 4 and all(w in VAGUE_WORDS or w.isdigit() for w in words)


def full_name(name, benefit, country, emergency):
    """ "Fund" as "Fund: wage subsidies, Republic of Korea (COVID-19 response)"."""
    kind = re.sub(r"\s*\([^)]*\)?", "", benefit).strip(" /").lower()
    said = "" if not kind or fold(kind) in fold(name) or kind == "other" else f": {kind}"
    return f"{name[:1].upper()}{name[1:]}{said}, {country}{' (COVID-19 response)' if emergency else ''}"


def series_records(folder, vocabulary, known):
    """Programmes that only the coverage series names."""
    for country, values in (folder.json(SERIES_FILE) or {}).items():
        iso3 = vocabulary.resolve_country(country)
        if iso3 is None:
            yield Skipped("lac_ctp", country, values["name"], f"country not known: {country}")
        elif (iso3, fold(values["name"])) not in known:
            row = dict.fromkeys(("iso3", "name_local", "kind", "end", "agency", "urls"), "") | {
                "source": "lac_ctp",
                "iso3": iso3,
                "country_as_given": country,
                "name": values["name"],
                "kind": "programme",
                "category": "1. Social assistance",
                "sub_category": "cash transfer",
                "start": values["start"],
                "coverage": str(values["2019"]),
                "coverage_unit": "share of population",
                "coverage_year": "2019",
            }
            yield record_of(row, country, None, vocabulary)
