from allauth.account import views as allauth_views
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.text import one_line
from members import queries
from members.middleware import FACTORS
from members.rules import needs_second_factor
from vocabularies.queries import suggest_organisations


def sign_up(request, *args, **kwargs):
    """Allauth's form with our fields; the account, its profile and its consents are made together or not at all."""
    try:
        with transaction.atomic():
            return allauth_views.signup(request, *args, **kwargs)
    except IntegrityError:
        # The same form arrived twice at once; the second finds the account of the first.
        return allauth_views.signup(request, *args, **kwargs)


def verify(request, *args, **kwargs):
    """Allauth's page for the mailed code; the link of the mail brings the code along, the button sends it."""
    page = allauth_views.email_verification_sent(request, *args, **kwargs)
    code, _was_cut = one_line(request.GET.get("code", ""), 20)
    form = (getattr(page, "context_data", None) or {}).get("verify_form")
    if code and form is not None:
        form.initial["code"] = code
    return page


@login_required
@require_safe
def account(request):
    """All that belongs to an account, from one page."""
    context = {
        "has_factor": is_mfa_enabled(request.user, FACTORS),
        "needs_factor": needs_second_factor(request.user),
        "is_official": queries.standing_proof(request.user) is not None,
        "closes_at": request.user.erasures.pending().values_list("due_at", flat=True).first(),
        "is_listed": queries.is_listed(request.user),
    }
    return render(request, "members/account.html", context)


@require_safe
def organisation_suggestions(request):
    """Names of organisations that hold the typed words, as JSON for the script."""
    text, _was_cut = one_line(request.GET.get("q", ""), 100)
    found = suggest_organisations(text) if len(text) > 1 else []
    return JsonResponse({"suggestions": [{"text": name, "label": label, "url": ""} for name, label in found]})
