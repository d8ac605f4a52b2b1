"""A resource going out and coming in."""

import re

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from resources.keys import normalise_doi
from resources.models import Contributor, Kind, Resource, ResourceIdentifier, ResourceOrganisation, Status
from resources.serializers.codes import CodeField, CodesField
from resources.serializers.details import DETAIL_SERIALIZERS
from resources.serializers.text import TextField
from vocabularies.models import Organisation
from vocabularies.queries import topic

PRECISIONS = ["day", "month", "year"]
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
LONGEST_TEXT = 500_000
LARGEST_KEY = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1000, 2999


class OrganisationLinkSerializer(serializers.Serializer):
    organisation = TextField(max_length=100, help_text="Slug; see the organisations")
    name = TextField(read_only=True)
    role = serializers.ChoiceField(ResourceOrganisation.Role.choices)


class ContributorSerializer(serializers.Serializer):
    role = serializers.ChoiceField(Contributor.Role.choices, default=Contributor.Role.AUTHOR)
    family_name = TextField(max_length=200, help_text="Or the whole name of a body")
    given_name = TextField(max_length=200, allow_blank=True, default="")
    is_body = serializers.BooleanField(default=False, help_text="A body, not a person")
    orcid = TextField(max_length=19, allow_blank=True, default="")

    def validate_orcid(self, orcid):
        """ISO 7064 MOD 11-2, as ORCID uses it."""
        if not orcid:
            return orcid
        digits = orcid.replace("-", "")
        total = 0
        if ORCID.fullmatch(orcid) and orcid.isascii():
            for digit in digits[:-1]:
                total = (total + int(digit)) * 2
            if "0123456789X"[(12 - total % 11) % 11] == digits[-1]:
                return orcid
        raise serializers.ValidationError(_("This is no ORCID."))


class IdentifierSerializer(serializers.Serializer):
    scheme = serializers.ChoiceField(ResourceIdentifier.Scheme.choices)
    value = TextField(max_length=200)

    def validate(self, attrs):
        if attrs["scheme"] == ResourceIdentifier.Scheme.DOI and not normalise_doi(attrs["value"]):
            raise serializers.ValidationError({"value": _("This is no DOI.")})
        return attrs


class FileSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    label = TextField(allow_blank=True)
    media_type = TextField()
    size = serializers.IntegerField(help_text="Bytes")
    pages = serializers.IntegerField(allow_null=True)
    sha256 = TextField()
    language = TextField(allow_null=True)
    address = serializers.URLField()


class TranslationSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    language = TextField()
    version = serializers.IntegerField()


class ResourceSerializer(serializers.Serializer):
    """One resource in one language and one version. What is marked read-only may be sent back and is not looked at."""

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(Kind.choices)
    work = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_KEY,
        help_text="What language versions and editions have in common; a new one where it is not given",
    )
    slug = TextField(read_only=True)
    status = serializers.ChoiceField(Status.choices, read_only=True)
    version = serializers.IntegerField(required=False, min_value=1, max_value=999)
    version_note = TextField(required=False, allow_blank=True, max_length=200)
    title = TextField(max_length=600)
    language = CodeField("language", help_text="See the languages")
    other_languages = CodesField("language", help_text="Further languages inside the same document")
    summary = TextField(required=False, allow_blank=True, max_length=LONGEST_TEXT)
    body = TextField(required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="Markdown")
    url = serializers.URLField(
        required=False, allow_blank=True, max_length=1000, help_text="The original elsewhere"
    )
    licence = TextField(required=False, allow_blank=True, max_length=100)
    published_on = serializers.DateField(required=False, allow_null=True)
    published_precision = serializers.ChoiceField(PRECISIONS, required=False)
    year = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Follows from published_on where that is given",
    )
    countries = CodesField("country", help_text="ISO 3166-1 alpha-3")
    topics = CodesField("topic", help_text="Slugs; see the topics")
    organisations = OrganisationLinkSerializer(many=True, required=False, max_length=50)
    contributors = ContributorSerializer(many=True, required=False, max_length=1000)
    identifiers = IdentifierSerializer(many=True, required=False, max_length=50)
    detail = serializers.DictField(
        required=False, help_text="What only this kind has; the fields of the kind's own schema"
    )
    files = FileSerializer(many=True, read_only=True)
    translations = TranslationSerializer(
        many=True, read_only=True, help_text="Published versions in other languages, and other editions"
    )
    page = serializers.URLField(read_only=True, help_text="For people")
    source = TextField(read_only=True, help_text="The collection this record came from")
    is_sample = serializers.BooleanField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def validate_published_on(self, day):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise serializers.ValidationError(
                _("A year lies between %(first)d and %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def validate_topics(self, slugs):
        """The topics' ids."""
        return [topic(slug).id for slug in slugs]

    def validate_organisations(self, links):
        """(organisation, role) pairs, each once."""
        pairs = dict.fromkeys((link["organisation"], link["role"]) for link in links)
        known = {o.slug: o for o in Organisation.objects.filter(slug__in={slug for slug, _role in pairs})}
        if unknown := sorted({slug for slug, _role in pairs} - set(known)):
            raise serializers.ValidationError(
                _("There is no organisation with the slug “%(slug)s”.") % {"slug": unknown[0]}
            )
        return [(known[slug], role) for slug, role in pairs]

    def validate_identifiers(self, identifiers):
        return [(one["scheme"], one["value"]) for one in identifiers]

    def validate(self, attrs):
        """What can be said only of the whole: the kind stays, the work is not taken in this language and version."""
        kept = self.instance
        for name in ("kind", "work"):
            value = kept and (kept.kind if name == "kind" else kept.work_id)
            if kept and attrs.pop(name, value) != value:
                raise serializers.ValidationError({name: _("This cannot be changed.")})
        work = kept.work_id if kept else attrs.get("work")
        if work:
            siblings = Resource.objects.filter(work=work)
            if not kept and not siblings.visible_to(self.context["request"].user).exists():
                raise serializers.ValidationError({"work": _("There is no such work.")})
            taken = siblings.filter(
                language=attrs.get("language", kept and kept.language_id),
                version=attrs.get("version", kept.version if kept else 1),
            ).exclude(pk=kept and kept.pk)
            if taken.exists():
                raise serializers.ValidationError(
                    {"version": _("The work has this version in this language already.")}
                )
        self.clean_detail(attrs, kept.kind if kept else attrs["kind"])
        return attrs

    def clean_detail(self, attrs, kind):
        """The kind's own part, each of its fields as the kind's table wants it."""
        given = attrs.get("detail")
        if given is None and (self.instance or kind != Kind.COUNTRY):
            return
        row = getattr(self.instance, DETAIL_ROW[kind], None) if self.instance else None
        serializer = DETAIL_SERIALIZERS[kind](
            row, data=given or {}, partial=row is not None, context=self.context
        )
        unknown = set(given or {}) - set(serializer.fields)
        errors = {name: [_("This kind has no such field.")] for name in sorted(unknown, key=str)}
        if not serializer.is_valid():
            errors |= serializer.errors
        if errors:
            raise serializers.ValidationError({"detail": errors})
        attrs["detail"] = serializer.validated_data


DETAIL_ROW = {
    kind: serializer.Meta.model._meta.get_field("resource").remote_field.get_accessor_name()
    for kind, serializer in DETAIL_SERIALIZERS.items()
}


def shape_of(kind):
    """The same with the kind's own detail, for the description of the API."""
    return type(
        f"{kind.value.capitalize()}Resource",
        (ResourceSerializer,),
        {
            "__doc__": str(Kind(kind).label),
            "kind": serializers.ChoiceField([(kind.value, kind.label)]),
            "detail": DETAIL_SERIALIZERS[kind](required=kind == Kind.COUNTRY),
        },
    )


SHAPES = {kind.value: shape_of(kind) for kind in Kind}


def ResourceShape(**kwargs):
    """A resource of any kind, told apart by `kind`."""
    return PolymorphicProxySerializer(
        component_name="Resource", serializers=SHAPES, resource_type_field_name="kind", **kwargs
    )


class WithdrawalSerializer(serializers.Serializer):
    reason = TextField(max_length=2000, help_text="Stands on the page that replaces the resource")
