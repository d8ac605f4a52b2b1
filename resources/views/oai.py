from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kit.budget import address_of, spend
from resources.oai import CONTENT_TYPE, respond


@csrf_exempt  # it only reads; the protocol asks for POST as well
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """OAI-PMH: the library for harvesters."""
    if seconds := spend("oai", address_of(request), settings.OAI_BUDGET):
        # The protocol's own way to slow a harvester down (3.1.2.2).
        return HttpResponse(
            "Too many requests.", status=503, content_type="text/plain", headers={"Retry-After": str(seconds)}
        )
    return HttpResponse(
        respond(request.POST if request.method == "POST" else request.GET), content_type=CONTENT_TYPE
    )
