"""The portal for ASGI servers, for the comparison of web servers only: Django's own way, and around the WSGI application."""

from importlib.util import find_spec

from django.core.asgi import get_asgi_application

from portal import settings
from portal.wsgi import application as wsgi

application = get_asgi_application()

if find_spec("a2wsgi"):
    from a2wsgi import WSGIMiddleware

    around_wsgi = WSGIMiddleware(wsgi, workers=settings.WEB_THREADS)
