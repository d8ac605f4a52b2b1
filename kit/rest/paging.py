"""Cursors: where a list goes on, as one text that only we can make."""

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from kit.rest.problems import WrongParameters


def make_cursor(kind, *place):
    """`kind` names the list and its order; a cursor of one list opens no other."""
    return Signer(salt=f"cursor.{kind}").sign_object(list(place), compress=True)


def read_cursor(kind, text):
    """The place a cursor stands for; None without one. WrongParameters for a cursor that was not made for this list."""
    if not text:
        return None
    try:
        return Signer(salt=f"cursor.{kind}").unsign_object(text[:1000])
    except (BadSignature, ValueError) as error:
        raise WrongParameters({"cursor": [_("This cursor does not belong to this list.")]}) from error


def onward(request, cursor):
    """The address of the next page; None at the end."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
