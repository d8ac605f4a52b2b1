import re

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from kit import icons
from kit.styles import BUILT, build
from kit.templatetags import components


def render(source, **context):
    return Template(source).render(Context(context))


def test_the_built_style_sheet_is_the_sum_of_its_files():
    assert BUILT.read_text() == build(), "Run `bin/manage build_styles` and commit static/portal.css."


def test_the_built_style_sheet_holds_no_import_and_closes_what_it_opens():
    text = build()

    assert (text.count("{"), text.count("@import")) == (text.count("}"), 0)


def test_an_icon_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no icon 'unicorn'"):
        icons.markup("unicorn")


@pytest.mark.parametrize(
    "source",
    [
        "{% icon 'search' size=3 %}",
        "{% tag 'x' colour='red' %}",
        "{% notice shade='x' %}{% endnotice %}",
        "{% section id='a' %}{% endsection %}",
        "{% pager 1 2 %}",
    ],
)
def test_a_component_refuses_arguments_it_does_not_know_and_misses_those_it_needs(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% type_label x 'doc' x %}",
        "{% tag x tone=x %}",
        "{% crumbs x %}",
        "{% stat label=x value=x note=x unit=x %}",
        "{% empty title=x %}{% endempty %}",
        "{% section id=x title=x note=x %}{% endsection %}",
        "{% section id=x title=x link=x link_text=x %}{% endsection %}",
        "{% facts items %}",
        "{% definitions pairs %}",
        "{% chips pairs label=x clear_url=x %}",
        "{% pager page=1 pages=3 url=x %}",
    ],
)
def test_a_component_escapes_what_it_is_given(source):
    evil = "\"><script>'&"

    html = render(source, x=evil, items=[evil], pairs=[(evil, evil)])

    assert "script" in html
    assert re.findall(r"<script|\"\">", html) == []


def test_a_pager_shows_both_ends_and_the_neighbours():
    html = components.pager(7, 22, "/library/?kind=law")

    assert re.findall(r"(?:span>|<span>)(\d+|…)<", html) == ["1", "2", "…", "6", "7", "8", "…", "21", "22"]
    assert re.findall(r'aria-current="page">.*?(\d+)<', html) == ["7"]


def test_a_pager_keeps_the_address_of_the_list_and_leaves_out_page_one():
    html = components.pager(2, 3, "/library/?kind=law", nofollow=True)

    assert re.findall(r'href="([^"]+)" rel="nofollow"', html) == [
        "/library/?kind=law",
        "/library/?kind=law",
        "/library/?kind=law&amp;page=2",
        "/library/?kind=law&amp;page=3",
        "/library/?kind=law&amp;page=3",
    ]


def test_one_page_needs_no_pager():
    assert components.pager(1, 1, "/library/") == ""


def test_chips_each_take_one_filter_away():
    html = components.chips(
        [("Malawi", "/library/?kind=law"), ("Law", "/library/?country=MWI")], "Active filters", "/library/"
    )

    assert re.findall(r'<a [^>]*href="([^"]+)"', html) == [
        "/library/?kind=law",
        "/library/?country=MWI",
        "/library/",
    ]


def test_a_field_with_an_error_keeps_what_was_typed_and_says_what_is_wrong():
    class YearForm(forms.Form):
        year = forms.IntegerField(min_value=1940, help_text="Four digits")

    form = YearForm({"year": "20x6"})

    html = components.field(form["year"])

    assert re.findall(r'value="([^"]*)"', html) == ["20x6"]
    assert re.findall(r'aria-describedby="([^"]*)"', html) == ["id_year-hint id_year-error"]
    assert re.findall(r'aria-invalid="([^"]*)"', html) == ["true"]
    assert re.findall(r'id="id_year-error">.*?<span>(.*?)</span>', html) == ["Enter a whole number."]


def test_an_error_summary_leads_to_each_field():
    class YearForm(forms.Form):
        year = forms.IntegerField()

    assert re.findall(r'href="([^"]+)"', components.error_summary(YearForm({"year": ""}))) == ["#id_year"]
    assert components.error_summary(YearForm({"year": "2020"})) == ""


class Answers(forms.Form):
    agree = forms.BooleanField(label="I agree", help_text="You may change it.")
    sector = forms.ChoiceField(label="Sector", choices=[("ngo", "NGO")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("Cash", [("cct", "CCT"), ("uct", "UCT")]), ("Care", [("old", "Old age")])],
        widget=forms.CheckboxSelectMultiple,
    )


def test_a_box_to_tick_has_its_words_hint_and_error():
    html = components.field(Answers({})["agree"])

    assert '<label class="check"><input type="checkbox" name="agree"' in html
    assert 'aria-describedby="id_agree-hint id_agree-error"' in html
    assert html.count("This field is required.") == 1


def test_a_question_with_several_answers_is_a_group_with_a_name():
    html = components.field(Answers({"sector": "ngo"})["sector"])

    assert html.startswith(
        '<fieldset class="field" id="id_sector" tabindex="-1"><legend class="legend">Sector</legend>'
    )
    assert '<input type="radio" name="sector" value="ngo" id="id_sector_0" checked>' in html


def test_groups_of_answers_are_folded_unless_something_in_them_is_chosen():
    html = components.field(Answers({"topics": ["old"]})["topics"])

    assert re.findall(r"<details class=\"checks__group\"( open)?><summary>(\w+)", html) == [
        ("", "Cash"),
        (" open", "Care"),
    ]
