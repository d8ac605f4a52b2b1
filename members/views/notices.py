from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.consents import TEXTS


@require_safe
def rules(request):
    return render(request, "members/rules.html")


@require_safe
def privacy_notice(request):
    return render(request, "members/privacy_notice.html", {"texts": TEXTS.values()})
