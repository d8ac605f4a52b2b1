"""For who builds on the portal: how to read it by program."""

import json
from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


@require_safe
def developers(request):
    return render(request, "portal/developers.html")


@require_safe
def api_reference(request):
    """Every call of the API, to try out."""
    return render(request, "portal/api_reference.html")


@require_safe
def api_description(request):
    """The OpenAPI document."""
    answer = HttpResponse(description(), content_type="application/vnd.oai.openapi+json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@cache
def description():
    """The same for everybody; made once a process."""
    with translation.override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)
        return json.dumps(document, default=str)
