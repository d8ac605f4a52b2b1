from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import actions, queries, rules
from members.emails import letter as write
from members.forms.government import (
    CodeForm,
    ColleagueForm,
    DecisionForm,
    OfficialAddressForm,
    ProofLetterForm,
    VouchingForm,
)
from members.models import Proof
from members.tasks import post
from members.views.files import send_private

LETTER_NAMES = {"application/pdf": "letter.pdf", "image/png": "letter.png", "image/jpeg": "letter.jpg"}


@login_required
@require_safe
@never_cache
def government_post(request):
    """Whether one is known as an official, and the three ways to become so."""
    standing, waiting = queries.standing_proof(request.user), queries.waiting_proof(request.user)
    context = {
        "standing": standing,
        "waiting": waiting,
        "can_renew": standing is None or standing.expires_at < timezone.now() + actions.RENEWAL,
        "last": request.user.proofs.filter(state=Proof.State.REFUSED).first(),
    }
    return render(request, "members/government_post.html", context)


@login_required
def proof_by_mail(request):
    form = OfficialAddressForm(request.POST or None)
    if form.is_valid():
        try:
            proof, code = actions.ask_by_mail(request.user, address=form.cleaned_data["address"])
        except ValidationError as error:
            form.add_error("address", error)
        else:
            if not code:
                messages.success(request, _("Your government post is verified."))
                return redirect("government_post")
            post(
                write(
                    "official_code",
                    to=proof.email,
                    language=get_language(),
                    code=code,
                    name=request.user.name,
                )
            )
            return redirect("proof_code")
    return render(request, "members/proof_by_mail.html", {"form": form})


@login_required
@never_cache
def proof_code(request):
    waiting = queries.waiting_proof(request.user)
    if waiting is None or waiting.method != Proof.Method.MAIL:
        return redirect("government_post")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        proof, wrong = actions.confirm_code(request.user, code=form.cleaned_data["code"])
        if proof:
            messages.success(request, _("Your government post is verified."))
            return redirect("government_post")
        form.add_error("code", wrong)
    return render(request, "members/proof_code.html", {"form": form, "proof": waiting})


@login_required
def proof_by_colleague(request):
    form = ColleagueForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_a_colleague(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("government_post")
    return render(request, "members/proof_by_colleague.html", {"form": form})


@login_required
def proof_by_letter(request):
    form = ProofLetterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.send_proof_letter(
                request.user,
                institution_name=form.cleaned_data["institution_name"],
                file=form.cleaned_data["letter"],
                upload=form.upload,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("government_post")
    return render(request, "members/proof_by_letter.html", {"form": form})


@login_required
@never_cache
def vouching(request, token):
    """The asked colleague says whether the member works there."""
    proof = get_object_or_404(Proof.objects.select_related("member", "institution"), token=token)
    if not rules.can_vouch(request.user, proof):
        raise Http404
    form = VouchingForm(request.POST or None)
    if form.is_valid():
        accept = form.cleaned_data["accept"] == "yes"
        actions.decide(proof, by=request.user, accept=accept, reason=_("The colleague did not confirm it."))
        messages.success(request, _("Thank you. Your answer is written down."))
        return redirect("account")
    return render(request, "members/vouching.html", {"form": form, "proof": proof})


@login_required
@require_safe
@never_cache
def proof_list(request):
    """Letters that wait for staff."""
    if not rules.can_read_letters(request.user):
        raise PermissionDenied
    return render(request, "members/proof_list.html", {"proofs": queries.proofs_to_read()})


@login_required
@never_cache
def proof(request, token):
    """One letter, and the decision about it."""
    if not rules.can_read_letters(request.user):
        raise PermissionDenied
    found = get_object_or_404(queries.proofs_to_read(), token=token)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        actions.decide(
            found,
            by=request.user,
            accept=values["accept"] == "yes",
            institution=values["institution"],
            reason=values["reason"],
        )
        messages.success(
            request, _("The decision is written down; %(name)s gets a mail.") % {"name": found.member.name}
        )
        return redirect("proof_list")
    return render(request, "members/proof.html", {"form": form, "proof": found})


@login_required
@require_safe
@never_cache
def proof_letter(request, token):
    """The letter itself, for staff only."""
    if not rules.can_read_letters(request.user):
        raise PermissionDenied
    found = get_object_or_404(queries.proofs_to_read().exclude(letter=""), token=token)
    return send_private(
        request,
        found.letter,
        name=LETTER_NAMES[found.letter_type],
        media_type=found.letter_type,
        etag=found.token,
        modified_at=found.asked_at,
    )
