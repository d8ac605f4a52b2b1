"""Turns the neutral words of an entry into the `Record` the loader writes, noting what could not be understood.

WORDS of an entry: texts, or lists of texts. `people` are [family, given, role] lists where the format tells the two
apart; `authors` and `editors` are names as written.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.dateparse import parse_date as parse_iso
from django.utils.translation import gettext_lazy as _

from kit.text import fold
from resources.intake.entries import digest_of
from resources.keys import normalise_doi
from resources.load.dates import in_the_past, month_date, parse_date
from resources.load.names import parse_contributors, person
from resources.load.records import Record
from resources.load.text import clean_title, cut_title, guess_language, junk_reason
from resources.models import (
    KIND_MODELS,
    Contributor,
    ImportRow,
    Kind,
    Publication,
    ResourceIdentifier,
    ResourceOrganisation,
)
from vocabularies import queries as vocabularies

WORDS = (
    *("ref", "title", "subtitle", "authors", "editors", "people", "summary", "date", "year", "publisher", "url"),
    *("doi", "isbn", "issn", "language", "countries", "topics", "type", "container", "volume", "number", "pages"),
    *("edition", "place", "licence", "starts", "ends", "closes", "employer", "media", "translation_of"),
)  # fmt: skip
NOTES = {
    "date": _("Date not understood"),
    "future": _("Date in the future: left out"),
    "url": _("Not an address on the web"),
    "doi": _("Not a DOI"),
    "language": _("Language not known, the one of the import is taken"),
    "country": _("Country not known"),
    "type": _("Type not known"),
    "cut": _("Too long: cut"),
    "organisation": _("New organisation"),
    "isbn": _("Not an ISBN"),
    "issn": _("Not an ISSN"),
}
# Country profiles have a page of their own that is edited at the desk.
KINDS = [kind for kind in Kind if kind != Kind.COUNTRY]
PUBLICATION_TYPES = {
    Publication.Type.JOURNAL_ARTICLE: "article, journal article, journalarticle, jour, research article, ejour, mgzn, review",
    Publication.Type.BOOK: "book, ebook, edited book, monograph, edbook, livre, libro, livro",
    Publication.Type.BOOK_CHAPTER: "incollection, inbook, chapter, book chapter, chap, echap, booksection, book section, bookitem",
    Publication.Type.THESIS: "phdthesis, mastersthesis, thesis, thes, doctoralthesis, masterthesis, bachelorthesis, dissertation",
    Publication.Type.REPORT: "techreport, report, rprt, technical report, project report, rapport, informe, relatório",
    Publication.Type.WORKING_PAPER: "unpublished, workingpaper, working paper, discussion paper, preprint, unpb, unpd",
    Publication.Type.POLICY_BRIEF: "policy brief, brief, policybrief, research brief",
    Publication.Type.PRESENTATION: "conference paper, conferenceobject, conf, cpaper, inproceedings, proceedings, conference, presentation, slide, lecture",
    Publication.Type.MANUAL: "manual, toolkit, guide, handbook, guidelines",
    Publication.Type.DATASET: "data, dataset, data set, dbase",
    Publication.Type.WEB_PAGE: "webpage, web page, website, elec, online, blog, electronic",
    Publication.Type.EVALUATION: "evaluation, impact evaluation",
    Publication.Type.UN_DOCUMENT: "un document, resolution, undocument",
    Publication.Type.OTHER: "misc, gen, generic, text, other, publication, document, booklet, publications research",
}  # fmt: skip
KIND_NAMES = {
    Kind.NEWS: "news, news item, press release, actualité, noticia, noticias, notícia, news article",
    Kind.EVENT: "event, webinar, workshop, seminar, événement, evento",
    Kind.JOB: "job, vacancy, emploi, empleo, vaga, call for applications",
    Kind.PROGRAMME: "programme profile, programme, program, programa",
    Kind.COUNTRY: "country profile",
    Kind.LAW: "law, act, legislation, statute, stat, decree, policy, legal and policy framework, ley, loi, lei, bill",
    Kind.BLOG: "blog post, blogpost, post",
    Kind.MULTIMEDIA: "multimedia, video, podcast, audio, sound, infographic, movingimage, moving image, vídeo",
    Kind.DATABASE: "database, data portal, base de données, base de datos",
}
_DATE_SHAPES = ("%d %b %Y", "%b %Y", "%B %Y", "%d.%m.%Y", "%d/%m/%Y", "%b %d, %Y", "%Y%m%d")
_SLASHED = re.compile(r"(\d{4})[/-](\d{1,2})?(?:[/-](\d{1,2})?)?")
_PLAIN = re.compile(r"(?:1[5-9]|20|21)\d\d(?:-\d\d-\d\d)?")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")


class Refused(Exception):
    """The entry cannot become a record; `reason` is an ImportRow.Reason, `detail` what it is about."""

    def __init__(self, reason, detail=""):
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def names_to(listed):
    return {fold(name): value for value, names in listed.items() for name in names.split(", ")}


TYPE_BY_NAME = names_to(PUBLICATION_TYPES)
KIND_BY_NAME = names_to(KIND_NAMES)


class Maker:
    """Makes records of one import: its source, and what is taken where an entry says nothing."""

    def __init__(self, job, vocabulary):
        self.job, self.vocabulary = job, vocabulary

    def make(self, words, ref=""):
        """(record, notes) of an entry's words; notes are (code of NOTES, what it is about). Refused where there is no title."""
        self.notes = []
        title = self.title_of(words)
        kind, detail = self.kind_of(words)
        day, precision, year = self.date_of(words)
        language = self.language_of(words, title)
        record = Record(
            kind=kind,
            source=self.job.source,
            ref=(ref or text_of(words, "ref") or digest_of(words))[:120],
            title=title,
            language=language,
            summary=text_of(words, "summary", "\n\n"),
            url=self.url_of(words),
            licence=self.cut(text_of(words, "licence"), 100),
            published_on=day,
            precision=precision,
            year=year,
            contributors=people_of(words),
            organisations=self.organisations_of(words),
            countries=self.countries_of(words, title),
            topics=topics_of(list_of(words, "topics"), language),
            identifiers=self.identifiers_of(words),
            translation_of=text_of(words, "translation_of"),
            detail=self.detail_of(words, kind, detail),
            distinct=text_of(words, "number")[:60] if not text_of(words, "container") else "",
        )
        return record, self.notes

    def note(self, code, value):
        self.notes.append([code, str(value)[:200]])

    def cut(self, value, most):
        if len(value) > most:
            self.note("cut", value)
        return value[:most]

    def title_of(self, words):
        title = clean_title(re.sub(r"<[^<>]{1,200}>", "", text_of(words, "title")))
        subtitle = clean_title(text_of(words, "subtitle"))
        if subtitle and subtitle.lower() not in title.lower():
            title = f"{title}: {subtitle}" if title else subtitle
        if not title:
            raise Refused(ImportRow.Reason.NO_TITLE)
        if junk_reason(title):
            raise Refused(ImportRow.Reason.BAD_TITLE, title)
        if len(title) > 600:
            self.note("cut", title)
        return cut_title(title)

    def kind_of(self, words):
        """(kind, publication type or "") by the first of the entry's types that says something."""
        kind, detail, given = Kind(self.job.kind), "", list_of(words, "type")
        for name in given:
            folded = fold(name.rpartition("/")[2] if "info:" in name else name)
            if folded in KIND_BY_NAME:
                kind = KIND_BY_NAME[folded]
                break
            if folded in TYPE_BY_NAME:
                found = TYPE_BY_NAME[folded]
                if kind == Kind.PUBLICATION and (not detail or detail == Publication.Type.OTHER):
                    detail = found
        else:
            if given and not detail and kind == Kind.PUBLICATION:
                self.note("type", "; ".join(given))
        if kind == Kind.COUNTRY:
            raise Refused(ImportRow.Reason.BAD_KIND, str(kind.label))
        return kind, detail

    def date_of(self, words):
        """(date, precision, year); what lies in the future is left out of a date of publication."""
        for text in (text_of(words, "date"), text_of(words, "year")):
            if not text:
                continue
            day, precision = read_date(text)
            if day is None:
                self.note("date", text)
                continue
            past, precision = in_the_past(day, precision)
            if past != day:
                self.note("future", text)
            if past:
                return past, precision, past.year
        return None, "day", None

    def language_of(self, words, title):
        for text in list_of(words, "language"):
            code = vocabularies.resolve_language(THREE_LETTERS.get(text.strip().lower(), text.strip()))
            if code:
                return code
            self.note("language", text)
        return (
            self.job.language_id if words.get("language") else guess_language(title, self.job.language_id)[0]
        )

    def url_of(self, words):
        for text in list_of(words, "url", parted=False):
            text = text.strip()
            if text and "://" not in text and re.match(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/|$)", text):
                text = f"https://{text}"
            try:
                parts = urlsplit(text)
                host = parts.hostname or ""
            except ValueError:
                host = ""
            if host and "." in host and parts.scheme in ("http", "https") and not re.search(r"\s", text):
                return self.cut(text, 1000) if len(text) <= 1000 else ""
            if text and not normalise_doi(text):
                self.note("url", text)
        doi = normalise_doi(text_of(words, "doi"))
        return f"https://doi.org/{doi}" if doi else ""

    def organisations_of(self, words):
        found = []
        role = {Kind.EVENT: ResourceOrganisation.Role.ORGANISER}.get(
            self.job.kind, ResourceOrganisation.Role.PUBLISHER
        )
        for name in list_of(words, "publisher"):
            name = clean_title(name)[:255]
            if name and re.search(r"[^\W\d_]", name) and (name, role) not in found:
                if fold(name) not in self.vocabulary.organisations:
                    self.note("organisation", name)
                found.append((name, role))
        return found[:20]

    def countries_of(self, words, title):
        given = list_of(words, "countries", parted=False)
        found = []
        for text in given:
            for part, iso3 in vocabularies.split_countries(text):
                if iso3:
                    found.append(iso3)
                else:
                    self.note("country", part)
        return sorted(set(found)) if given else sorted(set(self.vocabulary.countries_in(title)))

    def identifiers_of(self, words):
        scheme = ResourceIdentifier.Scheme
        found = []
        given = text_of(words, "doi")
        doi = normalise_doi(given) or next(
            (
                doi
                for url in list_of(words, "url", parted=False)
                if "doi.org/" in url and (doi := normalise_doi(url))
            ),
            "",
        )
        if given and not doi:
            self.note("doi", given)
        if doi:
            found.append((scheme.DOI, doi))
        for name, shape, code in (
            ("isbn", r"97[89]\d{10}|\d{9}[\dX]", scheme.ISBN),
            ("issn", r"\d{7}[\dX]", scheme.ISSN),
        ):
            for text in list_of(words, name):
                number = re.sub(r"[^0-9X]", "", text.upper().split("(")[0])
                if re.fullmatch(shape, number):
                    found.append((code, number))
                else:
                    self.note(name, text)
        return list(dict.fromkeys(found))

    def detail_of(self, words, kind, publication_type):
        """Fields of the kind's own table."""
        table = KIND_MODELS[kind]
        given = {
            name: text_of(words, name)
            for name in ("container", "volume", "number", "pages", "edition", "place", "employer")
        }
        fields = {f.name: f for f in table._meta.fields}
        found = {
            name: self.cut(value, fields[name].max_length)
            for name, value in given.items()
            if value and name in fields
        }
        if publication_type and kind == Kind.PUBLICATION:
            found["type"] = publication_type
        for word, name in (("starts", "starts_on"), ("ends", "ends_on"), ("closes", "closes_on")):
            if name in fields and (text := text_of(words, word)):
                day, precision = read_date(text)
                if day and precision == "day":
                    found[name] = day
                else:
                    self.note("date", text)
        if found.get("ends_on") and not found.get("starts_on", found["ends_on"]) <= found["ends_on"]:
            self.note("date", text_of(words, "ends"))
            del found["ends_on"]
        if kind == Kind.MULTIMEDIA and isinstance(words.get("media"), dict):
            found |= words["media"]
        return found


def text_of(words, name, joint="; "):
    value = words.get(name, "")
    return joint.join(map(str, value)) if isinstance(value, list) else str(value)


def list_of(words, name, *, parted=True):
    """The texts of a word; one text is parted at semicolons, pipes and line ends."""
    value = words.get(name) or []
    if isinstance(value, str):
        value = re.split(r"[;|\n]", value) if parted else [value]
    return [text.strip() for text in map(str, value) if text.strip()]


def topics_of(texts, language):
    """Slugs of the topics that keywords name."""
    found = []
    for text in texts[:100]:
        if vocabularies.topic(text):
            found.append(text)
        else:
            found += [vocabularies.topics()[pk].slug for pk in sorted(vocabularies.topics_in(text, language))]
    return list(dict.fromkeys(found))


def people_of(words):
    """Contributors: those whose format tells the names apart, then names as written."""
    found = []
    for family, given, role in words.get("people") or ():
        body = not given and role.endswith("body")
        one = person(family, given, body=body)
        role = role.removesuffix("body") or "author"
        found.append(one if role == "author" else one | {"role": role})
    for word, role in (("authors", Contributor.Role.AUTHOR), ("editors", Contributor.Role.EDITOR)):
        text = re.sub(r"\s+(?:and|&)\s+(?=[^\s,]+,)|[|\n]", "; ", text_of(words, word))
        for one in parse_contributors(text, given_first=None if "," in text else True):
            found.append(one if role == Contributor.Role.AUTHOR else one | {"role": str(role)})
    return found[:300]


def read_date(text):
    """(date, precision) of a date as people and programs write it; (None, "day") where there is none."""
    text = " ".join(str(text).strip().strip("[]()©c. ").split())
    if _PLAIN.fullmatch(text):  # nearly all of them, at a tenth of the cost
        try:
            return (date.fromisoformat(text), "day") if len(text) == 10 else month_date(int(text))
        except ValueError:
            pass
    found = parse_date(text)
    if found[0]:
        return found
    try:
        if len(text) > 10 and (day := parse_iso(text[:10])):
            return day, "day"
    except ValueError:
        pass
    if match := _SLASHED.fullmatch(text.rstrip("/- ")):
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            if day:
                return datetime(year, month, day).date(), "day"
            return month_date(year, month)
        except (TypeError, ValueError):
            pass
    for shape in _DATE_SHAPES:
        for form in (text, text.replace(".", ""), text.partition(",")[2].strip()[:11]):
            try:
                day = datetime.strptime(form, shape).date()
            except ValueError:
                continue
            return (day, "day") if "%d" in shape else (day, "month")
    years = _YEAR.findall(text)
    return month_date(int(years[0])) if len(set(years)) == 1 else (None, "day")


# ISO 639-2 as catalogues write it, for the languages whose two letters differ from its first two.
THREE_LETTERS = {
    "eng": "en", "fre": "fr", "fra": "fr", "spa": "es", "por": "pt", "ara": "ar", "ger": "de", "deu": "de", "rus": "ru",
    "chi": "zh", "zho": "zh", "ita": "it", "swa": "sw", "hin": "hi", "ben": "bn", "ind": "id", "vie": "vi", "tha": "th",
    "tur": "tr", "per": "fa", "fas": "fa", "jpn": "ja", "kor": "ko", "dut": "nl", "nld": "nl", "ukr": "uk", "pol": "pl",
    "rum": "ro", "ron": "ro", "urd": "ur", "amh": "am", "nep": "ne", "khm": "km", "lao": "lo", "mon": "mn", "bur": "my",
    "mya": "my", "sin": "si", "tam": "ta", "geo": "ka", "kat": "ka", "arm": "hy", "hye": "hy", "aze": "az", "kaz": "kk",
}  # fmt: skip
