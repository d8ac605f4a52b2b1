from django.http import HttpResponse


def bad_request(request, *args, **kwargs):
    return HttpResponse("ok")


def forbidden(request, *args, **kwargs):
    return HttpResponse("ok")


def not_found(request, *args, **kwargs):
    return HttpResponse("ok")


def server_error(request, *args, **kwargs):
    return HttpResponse("ok")
