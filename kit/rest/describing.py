"""How an endpoint is described in the OpenAPI document."""

import re

from django.db.models import TextChoices
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from kit.rest.problems import MEDIA_TYPE


class ErrorSerializer(serializers.Serializer):
    """One wrong part: a JSON Pointer into the body, or the name of a query parameter."""

    pointer = serializers.CharField(required=False, allow_blank=True)
    parameter = serializers.CharField(required=False)
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True, required=False)


class Problem(TextChoices):
    """What an error status means here."""

    BAD = "400", "Something in the request cannot be used; `errors` says what"
    UNKNOWN = "401", "The token is missing, unknown, expired or revoked"
    FORBIDDEN = "403", "The token, or its member, may not do this"
    NOT_FOUND = "404", "There is no such thing, or not for you"
    NOT_ACCEPTABLE = "406", "Only application/json is spoken here"
    CONFLICT = "409", "What is there does not allow this"
    GONE = "410", "It was withdrawn; `detail` says why"
    CHANGED = "412", "It was changed since it was read"
    TOO_LARGE = "413", "The body is too large"
    MEDIA = "415", "The body must be application/json"
    UNPROCESSABLE = "422", "The Idempotency-Key came with another request before"
    NO_MARK = "428", "If-Match is missing"
    SLOW_DOWN = "429", "Too many requests; Retry-After says when to come back"
    AWAY = "503", "The search is out of order for the moment"


ALWAYS = ("400", "401", "406", "429")
BODY = ("403", "413", "415")
RATE = [
    OpenApiParameter(
        name, OpenApiTypes.INT, OpenApiParameter.HEADER, response=True, description=words, required=False
    )
    for name, words in [
        ("RateLimit-Limit", "Requests a minute"),
        ("RateLimit-Remaining", "Requests left in this minute"),
        ("RateLimit-Reset", "Seconds until the next minute"),
    ]
]
ETAG = OpenApiParameter("ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200, 201])
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="304 where the mark is still this one",
)


ANYBODY = [{}, {"token": []}]
WITH_TOKEN = [{"token": []}]


def describe(
    summary,
    answer,
    *,
    parameters=(),
    errors=(),
    status=200,
    request=None,
    body=False,
    marks=True,
    description="",
):
    """Describe a method: what it answers, and every error it may answer with."""
    said = [*ALWAYS, *errors, *(BODY if body or request is not None else ())]
    responses = {
        status: answer,
        **({304: OpenApiResponse(description="What you have is still what there is")} if marks else {}),
        **{
            (code, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, Problem(code).label)
            for code in sorted(set(said))
        },
    }
    is_change = body or request is not None
    parameters = [parameters] if isinstance(parameters, type) else list(parameters)
    return extend_schema(
        operation_id="_".join(re.findall(r"[a-z]+", summary.lower())),
        summary=summary,
        auth=WITH_TOKEN if is_change else ANYBODY,
        description=description,
        request=request,
        responses=responses,
        parameters=[*parameters, *([IF_NONE_MATCH, ETAG] if marks else []), *RATE],
    )


def listing(name, serializer, **more):
    """The shape of a page of a list."""
    many = serializer(many=True) if isinstance(serializer, type) else serializer
    return inline_serializer(
        f"{name}Page", {"results": many, "next": serializers.URLField(allow_null=True), **more}
    )


def tidy(result, generator, request, public):
    """With `fields` any field of a resource may be missing from an answer, but for those that say what it is."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Resource") and {"id", "kind"} <= set(schema.get("required", ())):
            schema["required"] = ["id", "kind"]
    mend(result)
    return result


EMPTY = {"type": "string", "maxLength": 0}


def mend(part):
    """Marks of the generator go; "empty or of this format" is no longer "one of" for readers that check no formats."""
    if isinstance(part, dict):
        part.pop("x-spec-enum-id", None)
        if EMPTY in part.get("oneOf", ()):
            part["anyOf"] = part.pop("oneOf")
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            mend(inner)
