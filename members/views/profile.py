from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kit.context import member_of
from members import actions, queries, rules
from members.consents import TEXTS
from members.forms import AffiliationForm, ConsentForm, LetterForm, ProfileForm
from members.models import Affiliation, Member, Profile


@login_required
def profile(request):
    """The form for one's own profile."""
    own = queries.profile_of(request.user)
    form = ProfileForm(request.POST or None, profile=own)
    if form.is_valid():
        actions.edit_profile(request.user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    context = {"form": form, "affiliations": request.user.affiliations.select_related("organisation")}
    return render(request, "members/profile.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def member(request, pk):
    """A profile, as far as its owner shows it to this visitor."""
    visitor = member_of(request) or AnonymousUser()
    person = queries.shown_profile(pk, visitor=visitor)
    if person is None:
        raise Http404
    recipient = Member.objects.get(pk=pk)
    context = {
        "person": person,
        "is_own": visitor.pk == pk,
        "is_listed": queries.is_listed(recipient),
        "trail": [(_("Members"), reverse("directory"))],
        "can_write": rules.can_write_to(visitor, recipient),
    }
    return render(request, "members/member.html", context)


@login_required
def letter(request, pk):
    """A letter to a member who takes letters through the portal."""
    recipient = get_object_or_404(
        Profile.objects.visible_to(request.user).select_related("member"), pk=pk
    ).member
    if not rules.can_write_to(request.user, recipient):
        raise PermissionDenied(_("This member takes no letters through the portal."))
    form = LetterForm(request.POST or None)
    has_letters_left = rules.has_letters_left(request.user, recipient)
    if form.is_valid() and has_letters_left:
        actions.send_letter(sender=request.user, recipient=recipient, **form.cleaned_data)
        messages.success(request, _("Your letter is on its way to %(name)s.") % {"name": recipient.name})
        return redirect("member", pk=pk)
    context = {
        "form": form,
        "recipient": recipient,
        "has_letters_left": has_letters_left,
        "limit": rules.LETTERS_A_DAY,
    }
    return render(request, "members/letter.html", context, status=200 if has_letters_left else 429)


@login_required
def affiliation_new(request):
    form = AffiliationForm(request.POST or None)
    if form.is_valid():
        actions.save_affiliation(request.user, **form.cleaned_data)
        return redirect("profile")
    return render(request, "members/affiliation.html", {"form": form})


@login_required
def affiliation(request, pk):
    line = get_object_or_404(Affiliation.objects.select_related("organisation"), pk=pk, member=request.user)
    form = AffiliationForm(request.POST or None, affiliation=line)
    if form.is_valid():
        actions.save_affiliation(request.user, affiliation=line, **form.cleaned_data)
        return redirect("profile")
    return render(request, "members/affiliation.html", {"form": form, "affiliation": line})


@login_required
def affiliation_removal(request, pk):
    line = get_object_or_404(Affiliation.objects.select_related("organisation"), pk=pk, member=request.user)
    if request.method == "POST":
        actions.remove_affiliation(line, by=request.user)
        return redirect("profile")
    return render(request, "members/affiliation_removal.html", {"affiliation": line})


@login_required
def consents(request):
    """What was agreed to, and a form to give or withdraw it."""
    ledger = list(request.user.consents.all())
    given = {line.purpose for line in ledger if line.is_latest and line.is_given}
    # A form without a single tick is empty, and an answer all the same.
    form = ConsentForm(request.POST if request.method == "POST" else None, given=given)
    if form.is_valid():
        actions.set_consents(request.user, form.cleaned_data, language=get_language() or "en")
        messages.success(request, _("Your answers are written down."))
        return redirect("consents")
    needed = [text for text in TEXTS.values() if text.is_needed]
    return render(request, "members/consents.html", {"form": form, "ledger": ledger, "needed": needed})
