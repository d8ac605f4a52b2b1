from django.http import HttpResponse


def robots(request, *args, **kwargs):
    return HttpResponse("ok")
