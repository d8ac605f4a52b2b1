from django.http import HttpResponse


def library(request, *args, **kwargs):
    return HttpResponse("ok")


def library_feed(request, *args, **kwargs):
    return HttpResponse("ok")


def library_suggestions(request, *args, **kwargs):
    return HttpResponse("ok")
