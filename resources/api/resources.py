"""Resources: read by everybody, written by who may, always through the actions."""

import hashlib
import json
import re

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from kit.rest.describing import ETAG, describe, listing
from kit.rest.endpoints import Endpoint, chosen_fields, demand_mark, mark
from kit.rest.paging import make_cursor, onward, read_cursor
from kit.rest.problems import Conflict, Unprocessable, WrongParameters
from members.actions import KeyUsedOtherwise, answer_once
from resources import actions, rules
from resources.keys import normalise_doi
from resources.models import Resource, Work
from resources.queries.browse import narrowed
from resources.serializers import (
    ListParameters,
    OneParameters,
    ResourceSerializer,
    ResourceShape,
    WithdrawalSerializer,
    present,
)

KEY = re.compile(r"[\x21-\x7e]{1,100}")
SHELVES = ("kind", "language", "country", "topic", "organisation")
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": f"^{KEY.pattern}$"},
    OpenApiParameter.HEADER,
    description="Any text of your own. Within a day the same request with the same key does nothing again and is answered alike",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what is to be changed, or * to overwrite whatever is there",
    examples=[OpenApiExample("Overwrite", value="*")],
)
LOCATION = OpenApiParameter("Location", OpenApiTypes.URI, OpenApiParameter.HEADER, response=[201])
REPLAYED = OpenApiParameter(
    "Idempotency-Replayed",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=True,
    description="`true`: given before",
)


class Gone(APIException):
    status_code = 410


def demand(is_allowed):
    if not is_allowed:
        raise PermissionDenied


def full():
    return Resource.objects.defer("file_text", "card")


def found_for(request, pk):
    """The resource, if it exists for who asks; what was withdrawn says so, with the reason that stands on its page."""
    visible = full().visible_to(request.user).filter(pk=pk).first()
    if visible is not None:
        return visible
    withdrawn = Resource.objects.withdrawn().filter(pk=pk).first()
    if withdrawn is None:
        raise Http404
    raise Gone(withdrawn.withdrawal_reason)


def one(resource, viewer):
    """The resource as it now stands, and its mark."""
    data = present([full().get(pk=resource.pk)], viewer)[0]
    return data, mark(data)


def address_of(resource):
    return settings.SITE_URL + reverse("api_resource", args=[resource.pk])


class Changing(Endpoint):
    def once(self, request, act):
        """Do `act() -> (status, body, headers)`; with an Idempotency-Key at most once."""
        key = request.headers.get("Idempotency-Key")
        if key is None:
            with transaction.atomic():
                status, body, headers = act()
            return Response(body, status=status, headers=headers)
        if not KEY.fullmatch(key):
            raise WrongParameters({"Idempotency-Key": [_("Send 1 to 100 visible ASCII characters.")]})
        sent = json.dumps([request.method, request.path, request.data], sort_keys=True)
        fingerprint = hashlib.sha256(sent.encode()).hexdigest()
        try:
            answer, is_old = answer_once(request.user, key, fingerprint=fingerprint, act=act)
        except KeyUsedOtherwise as error:
            raise Unprocessable(_("This Idempotency-Key came with another request before.")) from error
        status, body, headers = answer
        return Response(
            body, status=status, headers={**headers, **({"Idempotency-Replayed": "true"} if is_old else {})}
        )


@extend_schema(tags=["Resources"])
class Resources(Changing):
    @describe(
        "List resources",
        listing("Resources", ResourceShape(many=True)),
        parameters=ListParameters,
        description="Everything you may see, newest first or by last change. For words and counts use the search.",
    )
    def get(self, request):
        asked = self.parameters(request, ListParameters)
        found = full().visible_to(request.user)
        for name in SHELVES:
            if asked.get(name):
                found = narrowed(found, name, asked[name])
        if asked.get("status"):
            found = found.filter(status__in=asked["status"])
        if "work" in asked:
            found = found.filter(work=asked["work"])
        if "doi" in asked:
            found = found.filter(
                pk__in=Resource.objects.filter(
                    identifiers__scheme="doi", identifiers__value=normalise_doi(asked["doi"])
                ).values("pk")
            )
        if "updated_since" in asked:
            found = found.filter(updated_at__gte=asked["updated_since"])
        page, cursor = slice_of(found, asked)
        next_url = onward(request, cursor)
        results = [chosen_fields(data, asked.get("fields")) for data in present(page, request.user)]
        return self.answer({"results": results, "next": next_url}, next_url=next_url)

    @describe(
        "Draft a resource",
        ResourceShape(),
        status=201,
        request=ResourceShape(),
        parameters=[IDEMPOTENCY_KEY, LOCATION, ETAG, REPLAYED],
        errors=["409", "422"],
        marks=False,
        description="A draft is seen by staff and by who wrote it. Publish it with the resource's publication.",
    )
    def post(self, request):
        demand(rules.can_draft(request.user))
        return self.once(request, lambda: self.draft(request))

    def draft(self, request):
        serializer = ResourceSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        work = values.pop("work", None)
        resource = actions.draft_resource(
            values.pop("kind"), by=request.user, work=Work.objects.get(pk=work) if work else None, **values
        )
        data, etag = one(resource, request.user)
        return 201, data, {"Location": address_of(resource), "ETag": etag}


def slice_of(found, asked):
    """(a page of the resources, the cursor after it or "")."""
    order, length = asked["order"], asked["per_page"]
    column, sign, beyond = ("sort_on", "-", "lt") if order == "newest" else ("updated_at", "", "gt")
    if place := read_cursor(f"resources.{order}", asked.get("cursor")):
        value, key = place
        found = found.filter(
            Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"pk__{beyond}": key}),
            **{f"{column}__{beyond}e": value},
        )
    rows = list(found.order_by(f"{sign}{column}", f"{sign}pk")[: length + 1])
    if len(rows) <= length:
        return rows, ""
    last = rows[length - 1]
    return rows[:length], make_cursor(f"resources.{order}", getattr(last, column).isoformat(), last.pk)


@extend_schema(tags=["Resources"])
class OneResource(Endpoint):
    @describe("Read a resource", ResourceShape(), parameters=OneParameters, errors=["404", "410"])
    def get(self, request, pk):
        asked = self.parameters(request, OneParameters)
        data, etag = one(found_for(request, pk), request.user)
        return self.answer(chosen_fields(data, asked.get("fields")), etag=etag)

    @describe(
        "Change a resource",
        ResourceShape(),
        request=ResourceSerializer(partial=True),
        parameters=[IF_MATCH, ETAG],
        errors=["404", "409", "410", "412", "428"],
        marks=False,
        description="Only what is named is changed; a list is replaced as a whole. What you read may be sent back as it is.",
    )
    def patch(self, request, pk):
        resource = found_for(request, pk)
        demand(rules.can_edit(request.user, resource))
        with transaction.atomic():
            resource = full().select_for_update().get(pk=resource.pk)
            demand_mark(request, one(resource, request.user)[1])
            serializer = ResourceSerializer(
                resource, data=request.data, partial=True, context={"request": request}
            )
            serializer.is_valid(raise_exception=True)
            actions.edit_resource(resource, by=request.user, **serializer.validated_data)
            data, etag = one(resource, request.user)
        return Response(data, headers={"ETag": etag})


class Step(Changing):
    """A change of the status: the action decides whether it may be done."""

    def step(self, request, pk, is_allowed, act):
        resource = found_for(request, pk)
        demand(is_allowed(request.user, resource))

        def do():
            try:
                act(resource)
            except actions.IllegalTransition as error:
                raise Conflict(error.messages[0]) from error
            except ModelError as error:
                raise Unprocessable(error.messages[0]) from error
            data, etag = one(resource, request.user)
            return 200, data, {"ETag": etag}

        return self.once(request, do)


def describe_step(summary, request=None):
    return describe(
        summary,
        ResourceShape(),
        request=request,
        body=True,
        parameters=[IDEMPOTENCY_KEY, ETAG, REPLAYED],
        errors=["404", "409", "410", "422"],
        marks=False,
    )


@extend_schema(tags=["Resources"])
class Submission(Step):
    @describe_step("Submit a draft to the editors")
    def post(self, request, pk):
        return self.step(
            request, pk, rules.can_edit, lambda resource: actions.submit_resource(resource, by=request.user)
        )


@extend_schema(tags=["Resources"])
class Publication(Step):
    @describe_step("Publish a resource")
    def post(self, request, pk):
        return self.step(
            request,
            pk,
            lambda member, _resource: rules.can_publish(member),
            lambda resource: actions.publish_resource(resource, by=request.user),
        )


@extend_schema(tags=["Resources"])
class Withdrawal(Step):
    @describe_step("Withdraw a published resource", request=WithdrawalSerializer)
    def post(self, request, pk):
        def withdraw(resource):
            serializer = WithdrawalSerializer(data=request.data)
            serializer.is_valid(raise_exception=True)
            actions.withdraw_resource(resource, by=request.user, **serializer.validated_data)

        return self.step(request, pk, lambda member, _resource: rules.can_publish(member), withdraw)
