"""Phrases looked for in a text as whole words, the longest first, none inside another."""

from collections import defaultdict


class Phrases:
    """A set of phrases, each with what it stands for; looking costs one dictionary access a word."""

    def __init__(self):
        self._by_first = defaultdict(dict)

    def add(self, words, value):
        """Let a tuple of words stand for a value as well as for what it already stands for."""
        if words:
            self._by_first[words[0]].setdefault(tuple(words), set()).add(value)

    @property
    def starts(self):
        """The first words of the phrases."""
        return self._by_first.keys()

    def find(self, words):
        """(start, length, values) of each phrase in a list of words."""
        words = list(words)
        start = 0
        while start < len(words):
            phrases = self._by_first.get(words[start], ())
            for phrase in sorted(phrases, key=len, reverse=True) if len(phrases) > 1 else phrases:
                if tuple(words[start : start + len(phrase)]) == phrase:
                    yield start, len(phrase), phrases[phrase]
                    start += len(phrase)
                    break
            else:
                start += 1
