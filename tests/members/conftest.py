import pytest

from tests import make


@pytest.fixture
def vocabulary(db):
    """The countries, languages and one ministry that the sign-up form offers."""
    for iso3 in ("MWI", "ZMB", "JOR"):
        make.country(iso3)
    for code in ("en", "fr", "es", "pt", "ar", "sw"):
        make.language(code)
    make.organisation("Ministry of Gender", acronym="MoG", slug="ministry-of-gender")


@pytest.fixture
def filled_in(vocabulary):
    """The sign-up form as Thandiwe fills it in."""
    return {
        "name": "Thandiwe Banda",
        "email": "Thandiwe@gender.example",
        "password1": "drought and harvest",
        "country": "MWI",
        "sector": "government",
        "organisation": "ministry of  gender",
        "languages": ["en", "fr"],
        "consent_rules": "on",
        "consent_directory": "on",
    }
