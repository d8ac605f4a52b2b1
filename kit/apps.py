from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.db.models import Field, ForeignObject

from kit.lookups import Among

DECLARED_IN = ("slots", "personal")


class KitConfig(AppConfig):
    name = "kit"

    def ready(self):
        """Register lookups, and import what our own rooms fill into others' pages and what they keep about persons."""
        Field.register_lookup(Among)
        ForeignObject.register_lookup(Among)
        for room in settings.ROOMS:
            for module in DECLARED_IN:
                if find_spec(f"{room}.{module}"):
                    import_module(f"{room}.{module}")
