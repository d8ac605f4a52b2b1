from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.db.models import Field, ForeignObject

from kit.lookups import Among


class KitConfig(AppConfig):
    name = "kit"

    def ready(self):
        """Register lookups, and import what our own rooms fill into the slots of other rooms' pages."""
        Field.register_lookup(Among)
        ForeignObject.register_lookup(Among)
        for room in settings.ROOMS:
            if find_spec(f"{room}.slots"):
                import_module(f"{room}.slots")
