"""Errors as RFC 9457 tells: one shape for all of them, with a pointer to each wrong part."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelError
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, NotAuthenticated, NotFound, Throttled, ValidationError
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50


class Conflict(APIException):
    status_code = HTTPStatus.CONFLICT
    default_detail = gettext_lazy("What is there does not allow this.")


class PreconditionFailed(APIException):
    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = gettext_lazy("It was changed since you read it. Read it again, then change it.")


class PreconditionRequired(APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = gettext_lazy("Send the ETag of what you read as If-Match.")


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("The body is too large.")


class Unprocessable(APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = gettext_lazy("This cannot be done with what was sent.")


class Unavailable(APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = gettext_lazy("This part is out of order for the moment. Try again later.")
    wait = 30


class WrongParameters(APIException):
    """Query parameters that cannot be used: {name: [what is wrong]}."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors):
        super().__init__(_("A query parameter cannot be used."))
        self.errors = errors


def answer(error, context):
    """The problem document of an exception; None for what is no error of the request."""
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, PermissionDenied):
        error = Forbidden()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    elif isinstance(error, IntegrityError):
        error = Conflict()
    elif isinstance(error, ModelError):
        error = ValidationError(as_serializer_error(error))
    if not isinstance(error, APIException):
        return None
    set_rollback()
    if isinstance(error, Forbidden) and is_anonymous(context):
        error = NotAuthenticated()
    headers = {}
    if getattr(error, "auth_header", None) or isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = getattr(error, "auth_header", "") or 'Bearer realm="api"'
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return Response(document(error), status=int(error.status_code), headers=headers, content_type=MEDIA_TYPE)


def is_anonymous(context):
    request = context.get("request")
    return request is not None and not request.user.is_authenticated


def document(error):
    status = HTTPStatus(error.status_code)
    problem = {"type": "about:blank", "title": status.phrase, "status": int(status)}
    if isinstance(error, WrongParameters):
        errors = [
            {"parameter": name, "detail": str(text)} for name, texts in error.errors.items() for text in texts
        ]
        return {**problem, "detail": str(error.detail), "errors": errors[:MOST_ERRORS]}
    if isinstance(error, ValidationError):
        errors = list(flat(error.detail))
        return {**problem, "detail": _("The body cannot be used."), "errors": errors[:MOST_ERRORS]}
    if isinstance(error, Throttled):
        return {**problem, "detail": _("Too many requests. The answer says when to come back.")}
    return {**problem, "detail": str(error.detail)}


def internal_error():
    """The document of an error that is ours; it says nothing of its cause."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": _("The portal made a mistake. It has been noted."),
    }


def flat(detail, path=""):
    """{pointer, detail} of every message in what a serializer says; the pointer is a JSON Pointer into the body."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else f"/{escape(name)}"
            yield from flat(inner, path + step)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from flat(inner, f"{path}/{place}" if isinstance(inner, dict | list) else path)
    else:
        yield {"pointer": path, "detail": str(detail)}


def escape(name):
    return str(name).replace("~", "~0").replace("/", "~1")
