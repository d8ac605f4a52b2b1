"""Link health on the staff desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import access
from resources import actions, rules
from resources.link_forms import ArchiveForm
from resources.models import LinkCheck
from resources.queries.links import SHOWN, link_health, listed_links
from resources.tasks import start_checking_links

PER_PAGE = 50
TONES = {"broken": "bad", "failing": "warn", "healthy": "good"}


@access.desk(rules.can_see_link_health)
@require_safe
def links(request):
    """How healthy the links are, and which are not."""
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "trouble"
    pages = Paginator(listed_links(shown), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    health = link_health()
    outcomes = health.outcomes
    context = {
        "health": health,
        "share": None if health.share is None else f"{health.share * 100:.1f}",
        "filters": [
            ("trouble", _("In trouble"), outcomes["broken"] + outcomes["failing"]),
            *((o.value, o.label, outcomes[o]) for o in LinkCheck.Outcome),
            ("moved", _("Moved for good"), health.moved),
        ],
        "shown": shown,
        "rows": [(check, TONES.get(check.outcome, "")) for check in page],
        "page": page,
        "list_url": f"{request.path}?show={shown}",
        "trail": [(_("Staff desk"), reverse("desk"))],
    }
    return render(request, "resources/links/links.html", context)


@access.desk(rules.can_see_link_health)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    """What is known of one link; name an archived copy."""
    check = get_object_or_404(LinkCheck.objects.select_related("resource"), pk=pk)
    form = ArchiveForm(
        request.POST if request.method == "POST" else None, initial={"archived_url": check.archived_url}
    )
    if form.is_valid():
        actions.archive_link(check, form.cleaned_data["archived_url"], by=request.user)
        messages.success(request, _("The archived copy is noted."))
        return redirect("link", check.pk)
    context = {
        "check": check,
        "tone": TONES.get(check.outcome, ""),
        "form": form,
        "facts": [
            (_("Reason"), check.get_reason_display() if check.reason else ""),
            (_("Status of the answer"), check.status_code),
            (_("Failing since"), check.failing_since),
            (_("Nights without an answer, in a row"), check.strikes or ""),
            (_("Moved for good to"), check.moved_to),
            (_("Checked at"), check.checked_at and f"{check.checked_at:%Y-%m-%d %H:%M}"),
            (_("Due at"), f"{check.due_at:%Y-%m-%d %H:%M}"),
        ],
        "trail": [(_("Staff desk"), reverse("desk")), (_("Link health"), reverse("links"))],
    }
    return render(request, "resources/links/link.html", context, status=422 if form.is_bound else 200)


@access.desk(rules.can_see_link_health)
@require_POST
def link_check(request, pk):
    """Have a link asked again now."""
    check = get_object_or_404(LinkCheck, pk=pk)
    actions.hurry_link(check)
    start_checking_links()
    messages.success(request, _("The link is asked again in a moment. Look again then."))
    return redirect("link", check.pk)
