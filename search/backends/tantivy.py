from haystack.backends import BaseEngine
from haystack.backends.simple_backend import SimpleSearchBackend, SimpleSearchQuery


class TantivyEngine(BaseEngine):
    backend = SimpleSearchBackend
    query = SimpleSearchQuery
