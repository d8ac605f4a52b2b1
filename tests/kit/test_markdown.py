"""Markdown becomes HTML that can neither run anything nor load anything nor break the page's outline."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.markdown import ATTRIBUTES, SCHEMES, TAGS, to_html


class Elements(HTMLParser):
    """Every tag with its attributes, and whether each was closed in order."""

    def __init__(self):
        super().__init__()
        self.found, self.open, self.in_order = [], [], True

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.in_order &= bool(self.open) and self.open.pop() == tag


def elements_of(html):
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser


def scheme_of(address):
    """As a browser reads it: control characters count for nothing."""
    found = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE)
    return found[1].lower() if found else ""


def headings(html):
    return re.findall(r"<(h\d)>([^<]*)", html)


def test_a_paragraph_a_list_and_a_table_become_html():
    html = to_html("One *two* **three**.\n\n3. a\n4. b\n\n| x | y |\n|---|--:|\n| 1 | 2 |")

    assert html == (
        "<p>One <em>two</em> <strong>three</strong>.</p>\n"
        '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'
        '<table class="table">\n<thead>\n<tr>\n<th>x</th>\n<th>y</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


def test_nothing_stays_nothing():
    assert [to_html(""), to_html(None), to_html(" \n ")] == ["", "", ""]


def test_headings_start_at_the_level_asked_for_and_skip_none():
    html = to_html("# A\n\n### B\n\n###### C\n\n# D", top=3)

    assert headings(html) == [("h3", "A"), ("h4", "B"), ("h5", "C"), ("h3", "D")]


def test_a_text_that_starts_with_a_low_heading_starts_at_the_top():
    assert headings(to_html("#### A\n\n## B\n\n#### C")) == [("h2", "A"), ("h2", "B"), ("h3", "C")]


def test_a_heading_never_sinks_below_the_sixth_level():
    html = to_html("# A\n\n## B\n\n### C\n\n#### D", top=5)

    assert headings(html) == [("h5", "A"), ("h6", "B"), ("h6", "C"), ("h6", "D")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "<a href='x' onclick='alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "<!-- --><style>*{display:none}</style>",
    ],
)
def test_hostile_text_stays_text(text):
    found = elements_of(to_html(text)).found

    assert {tag for tag, _attrs in found} <= {"p"}


def test_an_image_becomes_a_link_with_its_own_words():
    html = to_html("![A map of Malawi](https://example.org/map.png)")

    assert html == '<p><a href="https://example.org/map.png">A map of Malawi</a></p>\n'


def test_links_of_strangers_are_not_followed():
    html = to_html("[here](https://example.org/)", trusted=False)

    assert html == '<p><a href="https://example.org/" rel="nofollow ugc noopener">here</a></p>\n'


def test_links_of_editors_are_plain():
    assert to_html("[here](/library/)") == '<p><a href="/library/">here</a></p>\n'


def test_the_same_text_may_be_trusted_in_one_place_and_not_in_another():
    text = "[a](https://example.org/a)"

    assert to_html(text) != to_html(text, trusted=False)


def test_deep_nesting_ends_in_bounded_html():
    html = to_html("> " * 5000 + "deep")

    assert html.count("<blockquote>") <= 25


PIECES = [
    *"#*_`<>[]()!|-\n\\ \"'&;:/=.aé漢ع\u202e\x00",
    "javascript:",
    "<script",
    "](",
    "http://",
    "\n\n| a |\n|-|\n",
]
markdown_texts = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@settings(max_examples=400, deadline=None)
@given(markdown_texts, st.booleans())
def test_no_text_yields_a_tag_an_attribute_or_an_address_that_is_not_allowed(text, trusted):
    page = elements_of(to_html(text, trusted=trusted))

    assert page.in_order
    assert page.open == []
    for tag, attributes in page.found:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        scheme = scheme_of(attributes.get("href") or "")
        assert scheme in {"", *SCHEMES}
