"""A Plan as tantivy queries, built as objects: nothing a person typed is ever parsed."""

from tantivy import FieldType, Occur, Query

from search.questions import Question

MUST, SHOULD = Occur.Must, Occur.Should


class TantivyQuestion(Question):
    def __init__(self, plan, schema, searcher):
        super().__init__(plan)
        self.schema, self.searcher = schema, searcher

    def term(self, field, value):
        return Query.term_query(self.schema, field, value)

    def phrase(self, field, words, slop=0):
        return Query.phrase_query(self.schema, field, words, slop=slop)

    def between(self, field, first, last):
        return Query.range_query(self.schema, field, FieldType.Unsigned, first, last)

    def every(self, queries):
        return queries[0] if len(queries) == 1 else Query.boolean_query([(MUST, query) for query in queries])

    def some(self, queries, at_least=1):
        shoulds = [(SHOULD, query) for query in queries]
        return Query.boolean_query(shoulds, minimum_number_should_match=at_least)

    def lifted(self, query, extras):
        return Query.boolean_query([(MUST, query), *((SHOULD, extra) for extra in extras)])

    def boosted(self, query, factor):
        return Query.boost_query(query, factor)

    def constant(self, query, score):
        return Query.const_score_query(query, score)

    def nothing(self):
        return Query.empty_query()

    def narrowed(self, query, conditions):
        silent = [(MUST, Query.const_score_query(condition, 0.0)) for condition in conditions]
        return Query.boolean_query(silent if query is None else [(MUST, query), *silent])

    def frequency(self, field, value):
        return self.searcher.doc_freq(field, value)

    def continued(self, field, prefix, limit):
        return self.searcher.terms_with_prefix(field, prefix, limit=limit)
