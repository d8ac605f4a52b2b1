"""The base of every endpoint."""

import hashlib
import json

from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from kit.rest.limits import limit_headers
from kit.rest.problems import PreconditionFailed, PreconditionRequired, WrongParameters

SHOWN = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, ETag, Link, Location"


class Endpoint(APIView):
    """Reads its parameters strictly, marks what it answers, and says how much may still be asked."""

    http_method_names = ["get", "head", "post", "patch"]

    def parameters(self, request, serializer_class):
        """The query parameters as the serializer cleans them. WrongParameters for unknown ones as well."""
        serializer = serializer_class(data=as_data(request.query_params, serializer_class))
        errors = {
            name: [_("There is no such parameter.")]
            for name in request.query_params
            if name not in serializer.fields
        }
        if not serializer.is_valid():
            errors |= {name: flat_texts(texts) for name, texts in serializer.errors.items()}
        if errors:
            raise WrongParameters(errors)
        return serializer.validated_data

    def answer(self, data, *, status=200, headers=None, etag="", next_url=None):
        """The answer to a GET: marked, and 304 for who has it already."""
        headers = dict(headers or {})
        if next_url:
            headers["Link"] = f'<{next_url}>; rel="next"'
        etag = etag or mark(data)
        conditional = get_conditional_response(self.request._request, etag=etag)
        # If-Match of a GET is not ours to judge: only 304 is taken.
        if conditional is not None and conditional.status_code == 304:
            return Response(status=304, headers={"ETag": etag})
        return Response(data, status=status, headers={**headers, "ETag": etag})

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in limit_headers(request).items():
            response[name] = value
        response["Cache-Control"] = "private, no-cache"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = SHOWN
        patch_vary_headers(response, ["Authorization"])
        return response


class NoEndpoint(Endpoint):
    """Whatever has no endpoint answers in the same shape as all other errors."""

    authentication_classes = []
    schema = None

    def initial(self, request, *args, **kwargs):
        self.perform_content_negotiation(request, force=True)
        raise NotFound(_("There is nothing at this address. Every address of the API ends in a slash."))


def as_data(params, serializer_class):
    """A plain dict of query parameters: lists where the serializer wants lists."""
    lists = {name for name, field in serializer_class().fields.items() if hasattr(field, "child")}
    return {name: params.getlist(name) if name in lists else params.get(name) for name in params}


def flat_texts(texts):
    if isinstance(texts, dict):
        return [str(text) for inner in texts.values() for text in flat_texts(inner)]
    if isinstance(texts, list):
        return [
            str(text)
            for one in texts
            for text in (flat_texts(one) if isinstance(one, dict | list) else [one])
        ]
    return [str(texts)]


def mark(data):
    """The ETag of what is answered: equal content, equal mark."""
    text = json.dumps(data, cls=JSONEncoder, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.blake2b(text.encode(), digest_size=15).hexdigest()}"'


def demand_mark(request, etag):
    """Let a change through only to who has seen what it changes."""
    wanted = request.headers.get("If-Match")
    if wanted is None:
        raise PreconditionRequired
    if wanted.strip() != "*" and etag not in [one.strip() for one in wanted.split(",")]:
        raise PreconditionFailed


def chosen_fields(data, names, always=("id", "kind")):
    """Only the fields asked for and those that say what it is, in their usual order; all where none are asked for."""
    if not names:
        return data
    return {name: value for name, value in data.items() if name in names or name in always}
