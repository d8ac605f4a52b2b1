"""What the columns of a table mean: guessed from their names in five languages, corrected by a person."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from kit.text import fold

# word: (label, names it goes by). Words are those of `making`.
MEANINGS = {
    "ref": (_("Reference (number, ID)"), "id, ref, reference, record id, record, key, no, nr, identifier, identifiant, identificador, accession number"),
    "title": (_("Title"), "title, titre, título, العنوان, document title, display title, main title, title en, name, headline, dc title"),
    "subtitle": (_("Subtitle"), "subtitle, sub title, sous titre, subtítulo"),
    "authors": (_("Authors"), "author, authors, auteur, auteurs, autor, autores, autora, المؤلف, creator, creators, written by, contributor, contributors, dc creator"),
    "editors": (_("Editors"), "editor, editors, éditeur scientifique, coordinador"),
    "summary": (_("Summary"), "summary, abstract, description, résumé, resumen, resumo, الملخص, dc description"),
    "date": (_("Date"), "date, published, publication date, date of publication, date published, published on, pub date, docdt, date de publication, fecha, data, التاريخ, dc date"),
    "year": (_("Year"), "year, année, año, ano, السنة, publication year, pub year, py"),
    "publisher": (_("Publisher or organisation"), "publisher, publishers, publisher name, organisation, organization, organisations, organizations, institution, source organisation, éditeur, editorial, editora, الناشر, agency, dc publisher"),
    "url": (_("Address"), "url, link, address, web address, website, web link, lien, enlace, الرابط, uri, pdf url, download, full text"),
    "doi": ("DOI", "doi, digital object identifier"),
    "isbn": ("ISBN", "isbn, isbn 13, isbn 10"),
    "issn": ("ISSN", "issn, eissn"),
    "language": (_("Language"), "language, languages, lang, langue, idioma, língua, اللغة, dc language"),
    "countries": (_("Countries"), "country, countries, countries covered, given country, pays, país, países, البلد, الدولة, geography, location, iso3"),
    "topics": (_("Topics"), "topic, topics, keyword, keywords, subject, subjects, tags, theme, themes, thème, thèmes, mots clés, tema, temas, palabras clave, palavras chave, الموضوع, category, categories, dc subject"),
    "type": (_("Type"), "type, document type, doc type, docty, resource type, content type, kind, tipo, format, النوع, genre, majdocty, dc type"),
    "container": (_("Journal, series or book"), "journal, journal title, series, series title, container, publication title, book title, source title, revue, revista, série, collection"),
    "volume": (_("Volume"), "volume, vol, volnb"),
    "number": (_("Number"), "number, issue, issue number, report number, numéro, número"),
    "pages": (_("Pages"), "pages, page range, page numbers, pp, páginas"),
    "edition": (_("Edition"), "edition, édition, edición, edição"),
    "place": (_("Place"), "place, place of publication, city, venue, duty station, lieu, lugar, local"),
    "licence": (_("Licence"), "licence, license, rights, droits, derechos, licencia, licença, dc rights"),
    "starts": (_("Starts on"), "starts on, starts, start date, start, begins, début, inicio"),
    "ends": (_("Ends on"), "ends on, ends, end date, end, fin, fim"),
    "closes": (_("Closes on"), "closes on, closing date, deadline, application deadline, date limite, fecha límite"),
    "employer": (_("Employer"), "employer, employeur, empleador, empregador"),
}  # fmt: skip
MANY = {"authors", "editors", "countries", "topics", "publisher", "summary", "subtitle"}


@cache
def names():
    """Folded name of a column: its meaning. The first meaning that claims a name has it."""
    found = {}
    for word, (_label, listed) in MEANINGS.items():
        for name in listed.split(", "):
            found.setdefault(fold(name), word)
    return found


def guess(header):
    """A meaning or "" for each column. A meaning that can stand once is given to the first column that claims it."""
    known, taken, columns = names(), set(), []
    for name in header:
        folded = fold(name.replace("_", " "))
        word = known.get(folded) or known.get(folded.replace(" ", "")) or stem(folded, known)
        if word in taken and word not in MANY:
            word = ""
        taken.add(word)
        columns.append(word)
    return columns


def stem(folded, known):
    """The meaning of "Author 1", "Title (English)" or "Country of study": by the first word."""
    words = folded.split()
    if len(words) > 1 and (words[-1].isdigit() or len(words[0]) > 3):
        return known.get(words[0], "")
    return ""


def words_of(cells, columns):
    """The cells of a row by their meanings; several columns of one meaning are joined."""
    found = {}
    for cell, word in zip(cells, columns, strict=False):
        if word and cell:
            if word not in found:
                found[word] = cell
            elif word in MANY:
                found[word] = ("\n\n" if word == "summary" else "; ").join([found[word], cell])
    return found
