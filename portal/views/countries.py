from django.http import HttpResponse


def country(request, *args, **kwargs):
    return HttpResponse("ok")


def country_list(request, *args, **kwargs):
    return HttpResponse("ok")
