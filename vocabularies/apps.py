from importlib import import_module

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "vocabularies"

    def ready(self):
        """Let search know the words for topics."""
        import_module("vocabularies.queries")
