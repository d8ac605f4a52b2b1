from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class ActivityConfig(AppConfig):
    name = "activity"

    def ready(self):
        """Import the handlers of our own rooms only: autodiscover_modules would import third-party `handlers` too."""
        for room in settings.ROOMS:
            if find_spec(f"{room}.handlers"):
                import_module(f"{room}.handlers")
