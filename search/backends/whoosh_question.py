"""A Plan worked out in Python over single Whoosh terms: every answer is {document number: score}."""

from whoosh import query

from search.questions import Question


class WhooshQuestion(Question):
    def __init__(self, plan, state):
        super().__init__(plan)
        self.state, self.searcher = state, state.searcher

    def term(self, field, value):
        if field in self.state.columns:
            return dict.fromkeys(self.state.columns[field].get(str(value), ()), 0.0)
        return self._scores(self.searcher.postings(field, value)) if self.frequency(field, value) else {}

    def phrase(self, field, words, slop=0):
        if not all(self.frequency(field, word) for word in words):
            return {}
        return self._scores(
            query.Phrase(field, words, slop=slop + 1).matcher(self.searcher, self.searcher.boolean_context()),
            2.0,
        )

    def _scores(self, matcher, score=None):
        scores = {}
        while matcher.is_active():
            scores[matcher.id()] = matcher.score() if score is None else score
            matcher.next()
        return scores

    def between(self, field, first, last):
        return {
            number: 0.0
            for value, numbers in self.state.columns[field].items()
            if first <= int(value) <= last
            for number in numbers
        }

    def every(self, queries):
        common = set.intersection(*map(set, queries))
        return {number: sum(scores[number] for scores in queries) for number in common}

    def some(self, queries, at_least=1):
        total, matched = {}, {}
        for scores in queries:
            for number, score in scores.items():
                total[number] = total.get(number, 0.0) + score
                matched[number] = matched.get(number, 0) + 1
        return {number: score for number, score in total.items() if matched[number] >= at_least}

    def lifted(self, scores, extras):
        return {
            number: score + sum(extra.get(number, 0.0) for extra in extras)
            for number, score in scores.items()
        }

    def boosted(self, scores, factor):
        return {number: score * factor for number, score in scores.items()}

    def constant(self, scores, score):
        return dict.fromkeys(scores, score)

    def nothing(self):
        return {}

    def narrowed(self, scores, conditions):
        if scores is None:
            scores = dict.fromkeys(self.state.rows, 0.0)
        allowed = set.intersection(set(scores), *map(set, conditions))
        return {number: scores[number] for number in allowed}

    def frequency(self, field, value):
        if field in self.state.columns:
            return len(self.state.columns[field].get(str(value), ()))
        return self.searcher.doc_frequency(field, value)

    def continued(self, field, prefix, limit):
        terms = self.searcher.reader().expand_prefix(field, prefix)
        found = [
            (term.decode(), self.frequency(field, term))
            for term, _n in zip(terms, range(limit), strict=False)
        ]
        return found
