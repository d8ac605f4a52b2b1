"""Titles of messy sources."""

import pytest

from resources.load.text import Lexicon, clean_title, cut_title, guess_language, is_broken, junk_reason

STUDIES = [
    "The role of women in rural development: evidence from the Arab region",
    "Women and the development of social protection in Jordan",
    "Policy reform for women in the Arab countries and the region",
]


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("  Food and\xa0Cash   Transfers ", "Food and Cash Transfers"),
        ("REPORT : SECOND MEETING", "REPORT: SECOND MEETING"),
        ("“Fund for the poor”", "Fund for the poor"),
        ('"Double Dipping": The Combined "Effects"', '"Double Dipping": The Combined "Effects"'),
        ("Insurance，Security Level", "Insurance, Security Level"),
        ("Tamkeen 2,", "Tamkeen 2"),
        ("Broken\x00 by \x07control", "Broken by control"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_a_title_is_cleaned_without_changing_its_words(given, clean):
    assert clean_title(given) == clean


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("", "no title"),
        ("Loan Agreement for Loan 9619-BR.pdf", "the title is a file name"),
        ("final_report_v2", "the title is a file name"),
        ("Test", "the title is a placeholder"),
        ("N/A", "the title is a placeholder"),
        ("2019", "the title has no letters"),
        ("Testing the poverty line", ""),
        ("Ultra-Poor Graduation Handbook.v2_clean", ""),
    ],
)
def test_a_row_without_a_real_title_is_refused_with_the_reason(title, reason):
    assert junk_reason(title) == reason


def test_a_title_of_more_than_600_characters_is_cut_at_a_word():
    assert cut_title("poverty " * 100) == "poverty " * 73 + "poverty…"
    assert cut_title("Short enough") == "Short enough"


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("I m pl em ent ed by the ministry", True),
        ("A study of the use of an index in Sri Lanka", False),
        ("What can we do to get out of it?", False),
    ],
)
def test_words_torn_into_letters_are_noticed(title, broken):
    assert is_broken(title) is broken


@pytest.mark.parametrize(
    ("title", "given", "language"),
    [
        (
            "Is Results-Based Aid More Effective than Conventional Aid?: Evidence from the Health Sector",
            "es",
            "en",
        ),
        ("Derechos de propiedad, acción colectiva y agrosilvicultura en las comunidades", "en", "es"),
        ("Efeitos do Pronaf sobre a pobreza rural no Brasil", "en", "pt"),
        ("Les effets de la protection sociale sur les ménages", "en", "fr"),
        ("تقرير لجنة الطاقة عن دورتها الحادية عشرة", "en", "ar"),
        ("Medicaid", "en", "en"),
        ("Bolsa Família", "en", "en"),
    ],
)
def test_the_language_given_is_kept_unless_the_title_clearly_speaks_another(title, given, language):
    assert guess_language(title, given) == (language, language != given)


def test_a_shouted_title_gets_its_lower_case_back_and_keeps_names_and_acronyms():
    lexicon = Lexicon(STUDIES, proper=["Jordan"])

    title = lexicon.sentence_case(
        "THE ROLE OF WOMEN IN SOCIAL REFORM IN JORDAN: AN ESCWA REPORT FOR THE ARAB REGION"
    )

    assert title == "The role of women in social reform in Jordan: an ESCWA report for the Arab region"


def test_a_shouted_title_of_unknown_words_stays_as_it_is():
    assert (
        Lexicon(STUDIES).sentence_case("KWENDA TADAMON TAMKEEN SAMURDHI") == "KWENDA TADAMON TAMKEEN SAMURDHI"
    )
