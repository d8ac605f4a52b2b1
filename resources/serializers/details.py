"""What only one kind has."""

from zoneinfo import available_timezones

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as ModelError
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

from resources.models import KIND_MODELS, Resource
from resources.serializers.text import TextField


class VisibleResource(serializers.PrimaryKeyRelatedField):
    """Another resource, by its id, as far as it exists for who asks."""

    def get_queryset(self):
        return Resource.objects.visible_to(self.context["request"].user)


class Detail(serializers.ModelSerializer):
    serializer_related_field = VisibleResource
    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.CharField: TextField,
        models.TextField: TextField,
    }

    def validate(self, attrs):
        """The table's own constraints, told as errors of the field or the whole."""
        kept = (
            {f.attname: getattr(self.instance, f.attname) for f in self.Meta.model._meta.fields}
            if self.instance
            else {}
        )
        row = self.Meta.model(**kept)
        for name, value in attrs.items():
            setattr(row, name, value)
        try:
            row.validate_constraints()
        except ModelError as error:
            messages = error.message_dict
            messages["non_field_errors"] = messages.pop(NON_FIELD_ERRORS, [])
            raise serializers.ValidationError({n: texts for n, texts in messages.items() if texts}) from error
        return attrs

    def validate_time_zone(self, name):
        if name and name not in available_timezones():
            raise serializers.ValidationError(_("This is no time zone of the IANA database."))
        return name


def detail_serializer(kind, model):
    """The serializer of one kind's table: all its columns but the key."""
    fields = [field.name for field in model._meta.fields if field.name != "resource"]
    meta = type("Meta", (), {"model": model, "fields": fields})
    body = {"Meta": meta, "__doc__": model._meta.verbose_name}
    if "sources" in fields:
        body["sources"] = serializers.ListField(
            child=serializers.URLField(max_length=1000), max_length=100, required=False
        )
    if "country" in fields:
        body["country"] = serializers.PrimaryKeyRelatedField(
            queryset=model._meta.get_field("country").related_model.objects.all(),
            validators=[UniqueValidator(model.objects.all())],
        )
    return type(f"{kind.capitalize()}Detail", (Detail,), body)


DETAIL_SERIALIZERS = {kind: detail_serializer(kind.value, model) for kind, model in KIND_MODELS.items()}
POINTING = {
    kind: [f.attname for f in model._meta.fields if f.related_model is Resource and f.name != "resource"]
    for kind, model in KIND_MODELS.items()
}
