"""Authors as sources write them."""

import pytest

from resources.load.names import GivenNames, parse_contributors


def told(text, **options):
    return [(c["family_name"], c["given_name"]) for c in parse_contributors(text, **options)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Karlan, Dean; de Brauw, Alan", [("Karlan", "Dean"), ("de Brauw", "Alan")]),
        ("Li Rui; Song Hong", [("Li", "Rui"), ("Song", "Hong")]),
        ("Barry D A; Das Narayan C", [("Barry", "D A"), ("Das", "Narayan C")]),
        ("R Hope", [("Hope", "R")]),
        ("de los Santos, Luis", [("de los Santos", "Luis")]),
        ("Ibrahim, M.; et al.", [("Ibrahim", "M.")]),
        ("Et al.", []),
        ("Akhter Ahmed; Akhter Ahmed", [("Akhter", "Ahmed")]),
        ("Li Xiaoyun Liu, Xiaoqian", [("Li", "Xiaoyun"), ("Liu", "Xiaoqian")]),
        (
            "Zhu Jia-peng Qian, Jin-ying, Wu, Jia-yi",
            [("Zhu", "Jia-peng"), ("Qian", "Jin-ying"), ("Wu", "Jia-yi")],
        ),
        ("Bowale Ebenezer Kayode, Longe, John B", [("Bowale", "Ebenezer Kayode"), ("Longe", "John B")]),
        ("; ,", []),
        ("", []),
    ],
)
def test_authors_are_told_apart_in_each_way_of_writing_them(text, people):
    assert told(text) == people


def test_given_names_stand_first_where_the_source_says_so():
    assert told("Michael J Boskin; Arindrajit Dube; Axel de la Torre", given_first=True) == [
        ("Boskin", "Michael J"),
        ("Dube", "Arindrajit"),
        ("de la Torre", "Axel"),
    ]


def test_names_seen_elsewhere_decide_which_word_is_the_given_name():
    names = GivenNames(["Solís, Daniel; Ruiz, Daniel"])

    assert told("Daniel Gómez; Beierl Stefan", names=names) == [("Gómez", "Daniel"), ("Beierl", "Stefan")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("World Bank", "World Bank"),
        ("BRAC", "BRAC"),
        ("Institute, International Livestock Research", "International Livestock Research Institute"),
        (
            "Cooperation, Technical Centre for Agricultural and Rural",
            "Technical Centre for Agricultural and Rural Cooperation",
        ),
        ("Ministry of Health, Labour and Welfare", "Ministry of Health, Labour and Welfare"),
    ],
)
def test_a_body_is_told_from_a_person_and_written_in_its_own_order(text, body):
    assert parse_contributors(text) == [{"family_name": body, "given_name": "", "is_body": True}]
