from haystack.backends import BaseEngine
from haystack.backends.simple_backend import SimpleSearchBackend, SimpleSearchQuery


class WhooshEngine(BaseEngine):
    backend = SimpleSearchBackend
    query = SimpleSearchQuery
