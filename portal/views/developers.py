"""For who builds on the portal: how to read it by program."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from kit.remember import remembered


@require_safe
def developers(request):
    context = {
        "api_url": f"{settings.SITE_URL}/api/v1/",
        "oai_url": settings.SITE_URL + reverse("oai"),
        "budget": settings.API_BUDGET,
        "member_budget": settings.API_BUDGET_FOR_MEMBERS,
    }
    return render(request, "portal/developers.html", context)


@require_safe
def api_reference(request):
    """Every call of the API, to try out."""
    context = {"calls": calls(), "trail": [(_("For developers"), reverse("developers"))]}
    return render(request, "portal/api_reference.html", context)


@require_safe
def api_description(request):
    """The OpenAPI document."""
    answer = HttpResponse(description(), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@remembered(seconds=3600)
def description():
    """The same for everybody. It lists the codes of the vocabularies, so it is made anew now and then."""
    with translation.override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)
        return json.dumps(document, default=str)


@remembered(seconds=3600)
def calls():
    """(method, address, what it does) of every call."""
    return [
        (method.upper(), path, said["summary"])
        for path, methods in json.loads(description())["paths"].items()
        for method, said in methods.items()
    ]
