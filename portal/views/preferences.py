from django.http import HttpResponse


def appearance(request, *args, **kwargs):
    return HttpResponse("ok")


def language(request, *args, **kwargs):
    return HttpResponse("ok")
