from django.http import HttpResponse


def resource(request, kind, slug):
    return HttpResponse("ok")
