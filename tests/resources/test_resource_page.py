"""The page of a resource: who sees it, at which address, and what each shows."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from resources.models import Kind, ResourceFile, ResourceOrganisation, Status
from tests import make
from tests.resources.pages import facts_of, json_ld_of, page_of

pytestmark = pytest.mark.django_db

ORDINARY_KINDS = [kind for kind in Kind.values if kind != Kind.COUNTRY]


# ── Who sees what, and where ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ORDINARY_KINDS)
def test_each_kind_has_a_page_with_its_title_as_heading(client, kind):
    resource = make.resource(kind, title="Ages & <ages>")

    html = page_of(client, resource)

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Ages &amp; &lt;ages&gt;"]


def test_a_country_profile_is_the_page_of_the_country(client):
    resource = make.resource(Kind.COUNTRY, title="Malawi")

    response = client.get(resource.get_absolute_url())

    assert (response.status_code, response.headers["Location"]) == (301, "/countries/mwi/")


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_what_is_not_published_does_not_exist_for_visitors(client, kind, status):
    resource = make.resource(kind, status=status)

    assert client.get(resource.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_what_is_not_published_is_shown_to_its_author_with_a_notice_and_kept_from_robots(
    client, amina, status
):
    resource = make.resource(status=status, by=amina)
    client.force_login(amina)

    html = page_of(client, resource)

    assert html.count("only its author and the editors see this page") == 1
    assert html.count('<meta name="robots" content="noindex">') == 1


def test_a_draft_of_somebody_else_does_not_exist(client, amina, dawit):
    resource = make.resource(status=Status.DRAFT, by=amina)
    client.force_login(dawit)

    assert client.get(resource.get_absolute_url()).status_code == 404


def test_staff_see_every_draft(client, carla):
    resource = make.resource(status=Status.DRAFT)
    client.force_login(carla)

    assert client.get(resource.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", Kind.values)
def test_a_withdrawn_resource_answers_410_with_its_reason_date_and_citation(client, carla, kind):
    resource = make.resource(
        kind, title="Taken back", status=Status.WITHDRAWN, reason="Its <tables> were wrong."
    )

    for visitor in (None, carla):
        if visitor:
            client.force_login(visitor)
        response = client.get(resource.get_absolute_url())
        html = response.content.decode()

        assert response.status_code == 410
        assert html.count("Its &lt;tables&gt; were wrong.") == 1
        assert html.count(f"Withdrawn on {timezone.localdate().day} ") == 1
        assert html.count('<i lang="en">Taken back</i> (2024).') == 1
        assert html.count('<meta name="robots" content="noindex">') == 1


def test_a_tombstone_does_not_show_the_withdrawn_text(client):
    resource = make.resource(status=Status.WITHDRAWN, summary="Wrong numbers.", body="Wrong text.")

    html = client.get(resource.get_absolute_url()).content.decode()

    assert (html.count("Wrong numbers."), html.count("Wrong text.")) == (0, 0)


def test_the_wrong_kind_leads_to_the_right_address(client):
    resource = make.resource(Kind.LAW, title="Pension Act")

    response = client.get("/library/publication/pension-act/")

    assert (response.status_code, response.headers["Location"]) == (301, resource.get_absolute_url())


def test_the_wrong_kind_leads_nowhere_when_two_resources_may_be_meant(client):
    make.resource(Kind.LAW, title="Pension Act")
    make.resource(Kind.NEWS, title="Pension Act")

    assert client.get("/library/publication/pension-act/").status_code == 404


def test_the_wrong_kind_does_not_disclose_a_draft(client):
    make.resource(Kind.LAW, title="Pension Act", status=Status.DRAFT)

    assert client.get("/library/publication/pension-act/").status_code == 404


@pytest.mark.parametrize("typed", ["Pension-ACT", "pension%20act", "Pension-Act-", "%EF%BD%90ension-act"])
def test_capitals_blanks_and_wide_letters_in_an_address_lead_to_the_right_one(client, typed):
    resource = make.resource(Kind.LAW, title="Pension Act")

    response = client.get(f"/library/law/{typed}/")

    assert (response.status_code, response.headers["Location"]) == (301, resource.get_absolute_url())


@pytest.mark.parametrize("kind", ["Publication", "books", "%00", "..", "publication%0d%0a"])
def test_an_unknown_kind_is_not_found(client, kind):
    make.resource(title="Here")

    assert client.get(f"/library/{kind}/here/").status_code == 404


@pytest.mark.parametrize(
    "slug",
    [
        "no-such-thing",
        "x" * 500,
        "%00",
        "a%00b",
        "%E2%80%AEevil",
        "%F0%9F%98%80",
        "<script>",
        "'; DROP TABLE--",
        "%FF%FE",
    ],
)
def test_hostile_and_unknown_slugs_are_not_found(client, slug):
    assert client.get(f"/library/publication/{slug}/").status_code == 404


@pytest.mark.parametrize("title", ["التحويلات النقدية", "社会保护", "Ação é útil", "Защита"])
def test_slugs_stand_in_the_script_of_the_title(client, title):
    resource = make.resource(title=title)

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page_of(client, resource)) == [title]


def test_a_page_is_only_read(client):
    resource = make.resource()

    assert client.post(resource.get_absolute_url()).status_code == 405


def test_the_page_stands_in_every_language_of_the_portal(client):
    resource = make.resource(title="Here")

    response = client.get("/ar/library/publication/here/")

    assert response.status_code == 200
    assert response.content.decode().count('<html lang="ar" dir="rtl"') == 1
    assert resource.title == "Here"


# ── What every page shows ─────────────────────────────────────────────────────────────────────────────
def test_markdown_and_markup_of_a_record_cannot_run(client):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    resource = make.resource(
        title=f"T {hostile}",
        summary=hostile,
        body=f"{hostile} [x](javascript:alert(1))",
        licence=hostile[:90],
        contributors=[{"family_name": hostile}],
        organisations=[make.organisation(hostile)],
        detail={"container": hostile},
    )

    html = page_of(client, resource)

    assert html.count("<script>") == 0
    assert html.count("<img") == 0
    assert html.count('href="javascript:') == 0
    assert json_ld_of(html)["name"] == resource.title


def test_the_title_and_the_text_keep_their_own_language_and_direction(client):
    resource = make.resource(title="التحويلات", language_code="ar", summary="ملخص")

    html = page_of(client, resource)

    assert html.count('<h1 lang="ar" dir="rtl">') == 1
    assert html.count('<div class="prose" lang="ar" dir="rtl"><p>ملخص</p></div>') == 1


def test_headings_of_the_text_follow_the_outline_of_the_page(client):
    resource = make.resource(body="# One\n\n#### Two")

    html = page_of(client, resource)

    assert re.findall(r"<h([34])>(\w+)", html) == [("3", "One"), ("4", "Two")]


def test_authors_and_publishers_lead_to_what_else_the_library_has_of_them(client):
    unicef = make.organisation("UNICEF", slug="unicef")
    resource = make.resource(
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esnart"},
            {"family_name": "Mwale", "given_name": "T & K"},
        ],
        organisations=[unicef],
    )

    html = page_of(client, resource)

    assert (
        html.count(
            '<a href="/library/?q=Esnart%20Chirwa">Esnart Chirwa</a> and <a href="/library/?q=T%20%26%20K%20Mwale">T &amp; K Mwale</a>'
        )
        == 1
    )
    assert html.count('<a href="/library/?organisation=unicef">UNICEF</a>') == 1


def test_people_and_bodies_are_told_by_role(client):
    resource = make.resource(
        contributors=[
            {"family_name": "Diallo", "given_name": "Amara", "role": "editor"},
            {"family_name": "Uwase", "given_name": "Claudine", "role": "editor"},
        ],
        organisations=[(make.organisation("KfW"), ResourceOrganisation.Role.FUNDER)],
    )

    facts = facts_of(page_of(client, resource))

    assert (facts["Editor"], facts["Funder"]) == ("Amara Diallo, Claudine Uwase", "KfW")


@pytest.mark.parametrize(
    ("precision", "shown"), [("day", "17 May 2024"), ("month", "May 2024"), ("year", "2024")]
)
def test_the_date_is_told_as_precisely_as_it_is_known(client, precision, shown):
    resource = make.resource(published_on=date(2024, 5, 17), published_precision=precision)

    assert facts_of(page_of(client, resource))["Published"] == shown


def test_countries_and_topics_lead_to_their_pages(client):
    topic = make.topic("Cash transfers", slug="cash-transfers")
    resource = make.resource(countries=["ZMB", "MWI"], topics=[topic])

    html = page_of(client, resource)

    assert (
        html.count('<dd><a href="/countries/mwi/">Malawi</a>, <a href="/countries/zmb/">Zambia</a></dd>') == 1
    )
    assert html.count('<dd><a href="/topics/cash-transfers/">Cash transfers</a></dd>') == 1


def test_identifiers_lead_to_their_resolver(client):
    resource = make.resource(
        identifiers=[("doi", "https://doi.org/10.1234/AB.c"), ("handle", "10986/1"), ("isbn", "978-3-16")]
    )

    html = page_of(client, resource)

    assert (
        html.count(
            '<a href="https://doi.org/10.1234/ab.c" rel="external noopener"><bdi dir="ltr">10.1234/ab.c</bdi></a>'
        )
        == 1
    )
    assert (
        html.count(
            '<a href="https://hdl.handle.net/10986/1" rel="external noopener"><bdi dir="ltr">10986/1</bdi></a>'
        )
        == 1
    )
    assert facts_of(html)["ISBN"] == "978-3-16"


def test_the_way_out_names_the_host(client):
    resource = make.resource(url="https://www.nber.org/papers/w0107")

    assert page_of(client, resource).count("Open at nber.org") == 1


def test_a_doi_is_the_way_out_where_there_is_no_address(client):
    resource = make.resource(identifiers=[("doi", "10.1234/abc")])

    assert page_of(client, resource).count("Open at doi.org") == 1


def test_a_record_without_summary_says_so(client):
    assert page_of(client, make.resource()).count("The source gives no summary.") == 1


def test_a_summary_with_which_the_text_begins_stands_once(client):
    resource = make.resource(summary="Cash works.", body="Cash works. Often.")

    assert (
        page_of(client, resource).count('<div class="prose" lang="en" dir="ltr"><p>Cash works. Often.</p>')
        == 1
    )


def test_sample_text_is_marked(client):
    assert page_of(client, make.resource(is_sample=True)).count("Sample text: written to show") == 1


def test_language_versions_are_linked_and_named_to_search_engines(client):
    english = make.resource(title="Hello")
    make.resource(title="Olá", language_code="pt", work=english.work)
    make.resource(title="Bonjour", language_code="fr", work=english.work, status=Status.DRAFT)

    html = page_of(client, english)

    assert facts_of(html)["Languages"] == "English, Português"
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', html) == [
        ("en", "http://localhost:8000/library/publication/hello/"),
        ("pt", "http://localhost:8000/library/publication/ol%C3%A1/"),
    ]


def test_the_canonical_address_is_the_same_in_every_language_of_the_portal(client):
    make.resource(title="Hello")

    for prefix in ("", "/ar", "/fr"):
        html = client.get(f"{prefix}/library/publication/hello/").content.decode()

        assert (
            html.count('<link rel="canonical" href="http://localhost:8000/library/publication/hello/">') == 1
        )


def test_an_older_version_leads_to_the_newest(client):
    first = make.resource(title="First edition")
    make.resource(title="Second edition", work=first.work, version=2)
    third = make.resource(title="Third edition", work=first.work, version=3, version_note="Table 3 corrected")

    old, new = page_of(client, first), page_of(client, third)

    assert old.count("A newer version of this resource exists:") == 1
    assert old.count(">Third edition</a> (Table 3 corrected)") == 1
    assert new.count("A newer version of this resource exists:") == 0
    assert new.count(">First edition</a>") == 1


def test_the_cite_line_names_authors_year_title_container_and_doi(client):
    resource = make.resource(
        title="Lessons",
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esnart"},
            {"family_name": "Mwale", "given_name": "Thokozani"},
            {"family_name": "Nhampossa", "given_name": "Rui"},
        ],
        organisations=[make.organisation("UNICEF")],
        identifiers=[("doi", "10.1/x1"), ("doi", "10.1234/x")],
        detail={
            "type": "journal_article",
            "container": "World Development",
            "volume": "12",
            "number": "3",
            "pages": "4–9",
        },
    )

    html = page_of(client, resource)

    assert re.search(r'id="citation"[^>]*>(.*?)</p>', html)[1] == (
        'Chirwa, E., Mwale, T. and Nhampossa, R. (2024). <i lang="en">Lessons</i>. '
        'World Development 12(3), pp. 4–9. UNICEF. <bdi dir="ltr">https://doi.org/10.1234/x</bdi>.'
    )


def test_a_work_without_author_and_year_is_cited_by_its_title(client):
    resource = make.resource(title="Lessons", published_on=None)

    html = page_of(client, resource)

    assert re.search(r'id="citation"[^>]*>(.*?)</p>', html)[1] == (
        '<i lang="en">Lessons</i> (n.d.). <bdi dir="ltr">http://localhost:8000/library/publication/lessons/</bdi>.'
    )


def test_files_are_named_with_format_and_size_and_can_be_fetched(client):
    resource = make.resource()
    file = ResourceFile(
        resource=resource,
        label="Full paper",
        media_type="application/pdf",
        size=1468006,
        pages=64,
        sha256="a" * 64,
    )
    file.file.save("paper.pdf", ContentFile(b"%PDF-1.4 text"))

    html = page_of(client, resource)
    answer = client.get(f"{resource.get_absolute_url()}files/{file.pk}/")

    assert html.count("Download PDF, 1.4\xa0MB") == 1
    assert html.count(">Full paper (PDF)</a>") == 1
    assert facts_of(html)["Pages"] == "64"
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 text"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="paper')


def test_a_file_of_a_draft_of_another_resource_or_without_content_is_not_found(client):
    draft, other = make.resource(status=Status.DRAFT), make.resource()
    file = ResourceFile(resource=draft, media_type="application/pdf", size=1, sha256="a" * 64)
    file.file.save("paper.pdf", ContentFile(b"x"))
    lost = ResourceFile.objects.create(
        resource=other, file="gone.pdf", media_type="application/pdf", size=1, sha256="b" * 64
    )

    answers = [
        client.get(f"{draft.get_absolute_url()}files/{file.pk}/"),
        client.get(f"{other.get_absolute_url()}files/{file.pk}/"),
        client.get(f"{other.get_absolute_url()}files/{lost.pk}/"),
        client.get(f"{other.get_absolute_url()}files/{10**30}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_related_resources_come_from_the_index_and_are_checked_against_the_database(client, index):
    resource = make.resource(title="Pensions for farmers in the highlands", countries=["MWI"])
    near = make.resource(title="Pensions for farmers on the coast", countries=["MWI"])
    gone = make.resource(title="Pensions for farmers in the valleys", countries=["MWI"])
    for n in range(5):
        make.resource(title=f"School meals number {n}", countries=["ZMB"])
    index.sync()
    make.unseen(
        gone, Status.WITHDRAWN, withdrawn_at=gone.published_at, withdrawal_reason="Behind the index's back"
    )

    related = page_of(client, resource).partition('id="h-related"')[2].partition("</section>")[0]
    titles = re.findall(r"<a [^>]*dir=\"ltr\">([^<]+)</a>", related)

    assert (titles.count(near.title), titles.count(gone.title), titles.count(resource.title)) == (1, 0, 0)


def test_related_resources_share_topics_and_are_published(client):
    topic = make.topic()
    resource = make.resource(title="This one", topics=[topic])
    make.resource(title="A hidden one", topics=[topic], status=Status.DRAFT)
    make.resource(title="A near one", topics=[topic])
    make.resource(title="Este", topics=[topic], language_code="pt", work=resource.work)

    html = page_of(client, resource)
    related = html.partition('id="h-related"')[2]

    assert re.findall(r"<a [^>]*dir=\"ltr\">([^<]+)</a>", related) == ["A near one"]


def test_programmes_and_laws_of_the_country_are_named(client):
    resource = make.resource(countries=["MWI"])
    make.resource(Kind.PROGRAMME, title="Cash for all", countries=["MWI"])
    make.resource(Kind.PROGRAMME, title="Elsewhere", countries=["ZMB"])
    make.resource(Kind.LAW, title="Pension Act", countries=["MWI"])
    make.resource(Kind.LAW, title="Secret Act", countries=["MWI"], status=Status.DRAFT)

    html = page_of(client, resource)

    assert re.findall(r'id="h-(?:programme|law)">([^<]+)<', html) == [
        "Programmes in Malawi",
        "Laws and policies of Malawi",
    ]
    assert [
        html.count(f">{title}</a>") for title in ("Cash for all", "Pension Act", "Elsewhere", "Secret Act")
    ] == [1, 1, 0, 0]
