from django.apps import AppConfig
from django.db.models import Field, ForeignObject

from kit.lookups import Among


class KitConfig(AppConfig):
    name = "kit"

    def ready(self):
        Field.register_lookup(Among)
        ForeignObject.register_lookup(Among)
