from math import ceil

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit.dates import moment_in_words, zone
from members.models import Member
from notifications import actions, queries
from notifications.emails import read_token
from notifications.forms import SettingsForm
from notifications.models import Notification
from notifications.subjects import in_words, subject_of

PER_PAGE = 30
MAX_PAGE = 1_000


@login_required
@require_safe
def notification_list(request):
    """What the member was told, the newest first."""
    page = page_of(request.GET.get("page", ""))
    listed = Notification.objects.listed_for(request.user)
    pages = max(1, ceil(listed.count() / PER_PAGE))
    page = min(page, pages)
    shown = list(listed.select_related("member")[(page - 1) * PER_PAGE : page * PER_PAGE])
    time_zone = zone(queries.preference_of(request.user).time_zone)
    context = {
        "told": [(one, words, moment_in_words(one.created_at, time_zone)) for one, words in in_words(shown)],
        "up_to": shown[0].pk if shown else 0,
        "unread": queries.unread_count(request.user),
        "page": page,
        "pages": pages,
    }
    return render(request, "notifications/notification_list.html", context)


def page_of(value):
    is_number = value.isascii() and value.isdigit() and len(value) < 9
    return min(max(int(value), 1), MAX_PAGE) if is_number else 1


@login_required
@require_POST
def notification_reading(request, pk):
    """Note one as read."""
    notification = get_object_or_404(Notification.objects.listed_for(request.user), pk=pk)
    actions.mark_read(notification)
    return redirect("notification_list")


@login_required
@require_POST
def notification_readings(request):
    """Note as read all that stood on the page or is older; what came since stays unread."""
    up_to = request.POST.get("up_to", "")
    if up_to.isascii() and up_to.isdigit() and len(up_to) < 19:
        actions.mark_all_read(request.user, up_to=int(up_to))
    return redirect("notification_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notification_settings(request):
    """What reaches the member, in which way and when."""
    preference = queries.preference_of(request.user)
    choices = queries.choices_of(request.user)
    form = SettingsForm(request.POST or None, instance=preference, choices=choices)
    if form.is_valid():
        actions.save_settings(request.user, choices=form.chosen, **form.hours)
        messages.success(request, _("Your choices are saved."))
        return redirect("notification_settings")
    stored = queries.preference_of(request.user)
    is_paused = stored.is_paused(timezone.now())
    context = {
        "trail": [(_("Notifications"), reverse("notification_list"))],
        "form": form,
        "paused_until": moment_in_words(stored.paused_until, zone(stored.time_zone)) if is_paused else "",
    }
    return render(request, "notifications/notification_settings.html", context)


@login_required
@require_POST
def notification_pause(request):
    """No mail for two weeks, or mail again."""
    if request.POST.get("pause") == "end":
        actions.resume_mail(request.user)
        messages.success(request, _("You get mail again."))
    else:
        actions.pause_mail(request.user)
        messages.success(request, _("You get no mail for two weeks. Notifications on this site go on."))
    return redirect("notification_settings")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """End the mail that an address from a mail names (RFC 8058): GET only asks, POST acts without session or token.

    An address that is not ours is answered alike, so that nobody learns from it who is a member.
    """
    known = read_token(token)
    if request.method == "POST":
        member = Member.objects.filter(pk=known[0]).first() if known else None
        if member:
            actions.end_mail(member, known[1])
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(
                _("You get no more of these mails.") + "\n", content_type="text/plain; charset=utf-8"
            )
    subjects = [subject for key in (known[1] if known else []) if (subject := subject_of(key))]
    context = {
        "is_done": request.method == "POST",
        "subjects": [subject.label for subject in subjects],
        "settings_url": reverse("notification_settings"),
    }
    return render(request, "notifications/unsubscribe.html", context)
