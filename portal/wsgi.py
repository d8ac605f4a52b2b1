"""The WSGI entry point: Django behind the page cache, behind the log of what is used."""

import os

from django.core.wsgi import get_wsgi_application

from portal.page_cache import PageCache
from portal.usage_log import UsageLog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = UsageLog(PageCache(get_wsgi_application()))
