"""One view, the whole floor."""

from django.shortcuts import render
from django.urls import path

from bench.floor.models import Entry


def entries(request):
    return render(request, "floor.html", {"entries": Entry.objects.order_by("-published_on", "-pk")[:20]})


urlpatterns = [path("", entries)]
