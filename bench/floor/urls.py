"""One view, the whole floor: a page of 20 of the 18,000 rows, as Django's own documentation pages a list."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Entry


def entries(request):
    pages = Paginator(Entry.objects.order_by("-published_on", "-pk"), 20)
    return render(request, "floor.html", {"page": pages.get_page(request.GET.get("page"))})


urlpatterns = [path("", entries)]
