"""What every template may use without being given it."""

from django.conf import settings


def site(request):
    return {"SITE_NAME": settings.SITE_NAME}
