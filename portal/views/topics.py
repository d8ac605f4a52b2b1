from django.http import HttpResponse


def topic(request, *args, **kwargs):
    return HttpResponse("ok")


def topic_list(request, *args, **kwargs):
    return HttpResponse("ok")
