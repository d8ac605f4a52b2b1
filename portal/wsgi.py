"""The WSGI entry point: Django behind the page cache."""

import os

from django.core.wsgi import get_wsgi_application

from portal.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = PageCache(get_wsgi_application())
