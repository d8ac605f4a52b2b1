from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import actions
from members.actions.erasure import UNDO
from members.forms.privacy import ErasureForm
from members.views.files import send_private

NEWEST = 5


@login_required
@never_cache
def data(request):
    """Ask for all that the portal knows, and fetch it."""
    if request.method == "POST":
        return ask_for_data(request)
    exports = list(request.user.data_exports.all()[:NEWEST])
    return render(
        request, "members/data.html", {"exports": exports, "waits": any(not e.ready_at for e in exports)}
    )


@reauthentication_required
def ask_for_data(request):
    try:
        actions.ask_for_export(request.user)
        messages.success(
            request, _("We are collecting your data. You get a mail with a link when it is ready.")
        )
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("data")


@login_required
@require_safe
def data_export(request, token):
    """The file, for its owner, for a day."""
    export = get_object_or_404(request.user.data_exports, token=token)
    if not export.is_open:
        return render(request, "members/data_expired.html", status=410)
    return send_private(
        request,
        export.file,
        name=f"my-data-{export.ready_at:%Y-%m-%d}.zip",
        media_type="application/zip",
        etag=export.token,
        modified_at=export.ready_at,
    )


@login_required
@never_cache
def erasure(request):
    """Close the account, or see when it will be closed."""
    waiting = request.user.erasures.pending().first()
    if request.method == "POST" and not waiting:
        return ask_for_erasure(request)
    return render(
        request, "members/erasure.html", {"waiting": waiting, "form": ErasureForm(), "days": UNDO.days}
    )


@reauthentication_required
def ask_for_erasure(request):
    form = ErasureForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_for_erasure(request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("erasure")
    return render(request, "members/erasure.html", {"waiting": None, "form": form, "days": UNDO.days})


@login_required
@never_cache
def erasure_undone(request):
    """Keep the account after all."""
    if request.method == "POST":
        actions.undo_erasure(request.user)
        messages.success(request, _("Your account stays."))
        return redirect("account")
    return render(
        request, "members/erasure_undone.html", {"waiting": request.user.erasures.pending().first()}
    )
