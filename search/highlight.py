"""Marks the found words in a title and in the best part of a summary; safe HTML out of any text."""

from django.utils.html import escape

from search.analysis import WORD, term_of

SNIPPET_WORDS = 36


class Highlighter:
    """Knows the words of one query. Marks a word that is one of them, or has the same stem in the text's language."""

    def __init__(self, words, stems_by_language):
        self.words, self.stems = frozenset(words), stems_by_language

    def title(self, text, language):
        """The whole title with <mark>, or "" where nothing is to be marked."""
        found = self._found(text, language)
        return self._marked(text, found, 0, len(text)) if found else ""

    def snippet(self, text, language):
        """Some 36 words of the summary where most of the query's words stand, or "" where none does."""
        found = self._found(text, language)
        if not found:
            return ""
        words = [match.span() for match in WORD.finditer(text)]
        places = [number for number, (start, _end) in enumerate(words) if start in found]
        best = max(
            places,
            key=lambda first: (
                len({found[words[n][0]][1] for n in places if first <= n < first + SNIPPET_WORDS - 6}),
                -first,
            ),
        )
        first = max(0, min(best - 6, len(words) - SNIPPET_WORDS))
        last = min(len(words), first + SNIPPET_WORDS) - 1
        start = 0 if first == 0 else words[first][0]
        end = len(text) if last == len(words) - 1 else words[last][1]
        marked = self._marked(text, found, start, end)
        return ("… " if start else "") + marked + (" …" if end < len(text) else "")

    def _found(self, text, language):
        """{start: (end, what)} of the words to be marked."""
        stems, words, found = self.stems.get(language, frozenset()), self.words, {}
        for match in WORD.finditer(text):
            folded, stem = term_of(match[0], language)
            if folded in words or stem in stems:
                found[match.start()] = (match.end(), stem)
        return found

    def _marked(self, text, found, start, end):
        out, at = [], start
        for begin, (stop, _what) in found.items():
            if start <= begin and stop <= end:
                out += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
                at = stop
        return "".join([*out, escape(text[at:end])]).strip()
