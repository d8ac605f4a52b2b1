"""Indicators with their values, and treaty ratifications. Rows that are there already are not written again."""

import json
from pathlib import Path

from django.db import transaction

from resources.load.programmes import SERIES_FILE
from resources.models import Indicator, IndicatorValue, TreatyRatification

FILE = "indicators/indicators.csv"
TREATIES_FILE = "legal/treaty_ratifications.csv"
DEFINITIONS = Path(__file__).resolve().parent.parent / "data" / "indicators" / "definitions.json"
SERIES_CODE = "cash_transfer_coverage"
NO_VALUE = {"", "..", "NA", "-99"}
# A zero in these series stands for a figure that was not collected.
NEVER_ZERO = {"social_expenditure_gdp", "gini", "income_share_lowest20", "national_poverty_line_2017ppp_day"}
STATES = {
    "state party": TreatyRatification.State.PARTY,
    "signatory state": TreatyRatification.State.SIGNATORY,
    "no action": TreatyRatification.State.NONE,
}
CHUNK = 1000


def load_indicators(folder, vocabulary, report, progress):
    """Write the definitions and the values that are new or differ."""
    for position, definition in enumerate(json.loads(DEFINITIONS.read_text(encoding="utf-8")), 1):
        write_definition(definition, position)
    values = {}
    for row in [*folder.rows(FILE), *series_rows(folder, vocabulary)]:
        reason = refusal(row, vocabulary)
        if reason:
            report.count("indicator values", "skipped")
            report.tell(
                "indicator values",
                "indicators",
                f"{row['indicator']} {row['iso3']} {row['year']}",
                "skipped",
                row["value"],
                reason,
            )
            progress(1)
            continue
        values[row["iso3"], row["indicator"], int(row["year"])] = float(row["value"])
    write_values(values, report, progress)


def write_definition(definition, position):
    fields = {
        **{f"name_{language}": name for language, name in definition["name"].items()},
        **{key: definition[key] for key in ("unit", "source", "source_url", "group", "higher_is_better")},
        "position": position,
    }
    indicator = Indicator.objects.filter(pk=definition["code"]).first()
    if indicator is None:
        Indicator.objects.create(code=definition["code"], **fields)
    elif any(getattr(indicator, name) != value for name, value in fields.items()):
        Indicator.objects.filter(pk=indicator.pk).update(**fields)


def refusal(row, vocabulary):
    """Why a value is not taken over, or ""."""
    if row["iso3"] not in vocabulary.countries:
        return "country not known"
    if row["value"] in NO_VALUE or not row["year"].isdigit():
        return "no value in the source"
    if row["indicator"] in NEVER_ZERO and float(row["value"]) == 0:
        return "zero stands for a missing figure"
    return ""


def series_rows(folder, vocabulary):
    """Coverage of cash transfers by year, from the programme's first year on, in percent."""
    for country, values in (folder.json(SERIES_FILE) or {}).items():
        for year, share in values.items():
            if year.isdigit() and int(year) >= int(values["start"]):
                yield {
                    "iso3": vocabulary.resolve_country(country) or country,
                    "indicator": SERIES_CODE,
                    "year": year,
                    "value": str(round(share * 100, 2)) if share is not None else "",
                }


def write_values(values, report, progress):
    there = {
        (country, indicator, year): (pk, value)
        for pk, country, indicator, year, value in IndicatorValue.objects.values_list(
            "pk", "country", "indicator", "year", "value"
        )
    }
    new = [key for key in values if key not in there]
    changed = [key for key in values if key in there and there[key][1] != values[key]]
    for start in range(0, len(new), CHUNK):
        part = new[start : start + CHUNK]
        IndicatorValue.objects.bulk_create(
            IndicatorValue(country_id=c, indicator_id=i, year=y, value=values[c, i, y]) for c, i, y in part
        )
        report.count("indicator values", "created", len(part))
        progress(len(part))
    with transaction.atomic():
        for key in changed:
            IndicatorValue.objects.filter(pk=there[key][0]).update(value=values[key])
    report.count("indicator values", "updated", len(changed))
    report.count("indicator values", "unchanged", len(values) - len(new) - len(changed))
    progress(len(values) - len(new))


def load_ratifications(folder, vocabulary, report, progress):
    """Write the treaty states that are new or differ."""
    there = {(r.country_id, r.treaty_code): r for r in TreatyRatification.objects.all()}
    new = []
    for row in folder.rows(TREATIES_FILE):
        progress(1)
        state = STATES.get(row["status"])
        if row["iso3"] not in vocabulary.countries or state is None:
            why = "country not known" if state else f"unknown state {row['status']!r}"
            report.count("treaty ratifications", "skipped")
            report.tell(
                "treaty ratifications",
                "treaties",
                f"{row['iso3']} {row['treaty_code']}",
                "skipped",
                row["treaty"],
                why,
            )
            continue
        fields = {
            "treaty": row["treaty"],
            "state": state,
            "year": int(row["year"]) if row["year"].isdigit() else None,
        }
        known = there.get((row["iso3"], row["treaty_code"]))
        if known is None:
            new.append(TreatyRatification(country_id=row["iso3"], treaty_code=row["treaty_code"], **fields))
        elif any(getattr(known, name) != value for name, value in fields.items()):
            TreatyRatification.objects.filter(pk=known.pk).update(**fields)
            report.count("treaty ratifications", "updated")
        else:
            report.count("treaty ratifications", "unchanged")
    TreatyRatification.objects.bulk_create(new, batch_size=CHUNK)
    report.count("treaty ratifications", "created", len(new))
