from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members import actions
from members.forms import TokenForm
from members.models import ApiToken


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request):
    """The member's API tokens, and a form for one more; a new token is shown in the answer, this once."""
    form, made, token = TokenForm(request.POST or None, member=request.user), None, ""
    if form.is_valid():
        try:
            made, token = actions.create_token(request.user, **form.cleaned_data)
            form = TokenForm(member=request.user)
        except IntegrityError:  # the same form sent twice at once
            form.add_error(
                "name", _("You have a token of this name. Choose another name, or revoke that token first.")
            )
    context = {
        "form": form,
        "made": made,
        "token": token,
        "tokens": request.user.api_tokens.filter(revoked_at=None),
    }
    return render(request, "members/token_list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_revocation(request, pk):
    token = get_object_or_404(ApiToken, pk=pk, member=request.user, revoked_at=None)
    if request.method == "POST":
        actions.revoke_token(token, by=request.user)
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
        return redirect("token_list")
    return render(request, "members/token_revocation.html", {"token": token})
