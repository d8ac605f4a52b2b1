"""The list of COVID-19 measures: beneficiaries, spending, targeting and payment of programmes that programmes.csv names."""

import re
from decimal import Decimal, InvalidOperation

FILE = "programmes/covid_measures.csv"
SOURCE_NAME = "Social Protection and Jobs Responses to COVID-19, working copy of May 2021"
CURRENCIES = {"EURO": "EUR", "EUROS": "EUR", "RM": "MYR", "US$": "USD", "FCFA": "", "CFA": ""}
UNITS = {"household": "households", "individual": "people", "firm": "firms"}
_NUMBERED = re.compile(r"\s*\d+\s*[.,]\s*")


def by_reference(folder):
    """Rows by their reference; the first of two with the same reference."""
    found = {}
    for row in folder.rows(FILE):
        found.setdefault(row["source_id"], row)
    return found


def details_of(row):
    """Fields of a programme profile from a measure, each figure with its unit."""
    details = {
        "target_group": listed(row["target_group"])[:400],
        "targeting": listed(row["targeting_method"])[:400],
        "benefit": listed(row["benefit_type"])[:400],
        "payment_frequency": listed(row["payment_frequency"] or row["benefit_time_unit"])[:100],
        "delivery": ", ".join(
            filter(None, [listed(row["payment_mechanism"]), listed(row["payment_instruments"])])
        )[:300],
        **beneficiaries_of(row),
        **cost_of(row),
    }
    amount, currency = number(row["benefit_amount_local"]), currency_of(row["benefit_currency"])
    if amount is not None and currency:
        details |= {"benefit_amount": amount, "benefit_currency": currency}
    return {key: value for key, value in details.items() if value not in (None, "")}


def listed(text):
    """ "2.Categorical, 4.Means/income" as "Categorical, means/income"; "other (specify)" says nothing."""
    parts = [p.strip() for p in re.split(r",\s*(?=\d+\s*\.\s*\S)", text) if p.strip()]
    words = [_NUMBERED.sub("", p, count=1).strip(" ,") for p in parts]
    words = [w for w in words if w and not re.match(r"other\b", w, re.I)]
    words = [w.replace("clercks", "clerks") for w in words]
    return ", ".join([*words[:1], *(w[:1].lower() + w[1:] for w in words[1:])])


def beneficiaries_of(row):
    """Actual beneficiaries, else the planned ones, said to be planned."""
    for which in ("actual", "planned"):
        value = number(row[f"beneficiaries_{which}"])
        unit = _NUMBERED.sub("", row[f"beneficiaries_{which}_unit"], count=1).lower().rstrip("s")
        if value and unit in UNITS:
            planned = " (planned)" if which == "planned" else ""
            return {
                "coverage": value,
                "coverage_unit": UNITS[unit],
                "coverage_source": f"{SOURCE_NAME}{planned}",
            }
    return {}


def cost_of(row):
    """Planned spending in US dollars, else in local currency."""
    year = (row["start_date"] or row["announced_date"])[:4]
    for column, unit in (
        ("expenditure_planned_usd", "USD"),
        ("expenditure_planned_local", currency_of(row["expenditure_currency"])),
    ):
        value = number(row[column])
        if value and unit:
            return {
                "cost": value,
                "cost_unit": unit,
                "cost_year": int(year) if year.isdigit() else None,
                "cost_source": f"{SOURCE_NAME} (planned)",
            }
    return {}


def currency_of(text):
    """A three-letter code; "" where the source's abbreviation fits several currencies."""
    code = CURRENCIES.get(text.strip().upper(), text.strip().upper())
    return code if re.fullmatch(r"[A-Z]{3}", code) else ""


def number(text):
    """A positive figure that the columns can hold, or None."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return round(value, 2) if value.is_finite() and 0 < value < Decimal(10) ** 14 else None
