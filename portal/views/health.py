from django.http import HttpResponse


def healthz(request, *args, **kwargs):
    return HttpResponse("ok")


def readyz(request, *args, **kwargs):
    return HttpResponse("ok")
