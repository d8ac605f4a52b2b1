"""Fields that hold codes of the vocabularies, or names out of a few."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from resources.serializers.text import TextField
from vocabularies.queries import is_known, options

LISTED = ("country", "language", "region", "topic")


class CodeField(TextField):
    """A code of a vocabulary."""

    def __init__(self, vocabulary, **kwargs):
        self.vocabulary = vocabulary
        super().__init__(max_length=100, **kwargs)

    def to_internal_value(self, data):
        code = super().to_internal_value(data)
        # The validators of the field come too late: PostgreSQL refuses to be asked for a NUL.
        if "\x00" in code or not is_known(self.vocabulary, code):
            raise serializers.ValidationError(_("The vocabulary does not know this code."))
        return code


class CodesField(serializers.ListField):
    """Codes of a vocabulary, each once."""

    def __init__(self, vocabulary, **kwargs):
        super().__init__(child=CodeField(vocabulary), max_length=250, required=False, **kwargs)

    def to_internal_value(self, data):
        return list(dict.fromkeys(super().to_internal_value(data)))


class NamesField(serializers.CharField):
    """Names parted by commas, out of those there are."""

    def __init__(self, names, **kwargs):
        self.names = sorted(names)
        super().__init__(required=False, max_length=1000, **kwargs)

    def to_internal_value(self, data):
        wanted = [name.strip() for name in super().to_internal_value(data).split(",") if name.strip()]
        if unknown := [name for name in wanted if name not in self.names]:
            raise serializers.ValidationError(_("There is no “%(name)s” here.") % {"name": unknown[0][:60]})
        return wanted


class CodeDescription(OpenApiSerializerFieldExtension):
    """The description of the API lists the codes of the short vocabularies, each list once."""

    target_class = CodeField

    def map_serializer_field(self, auto_schema, _direction):
        if self.target.vocabulary not in LISTED:
            return {"type": "string", "minLength": 1, "maxLength": 100}
        component = ResolvedComponent(
            name=f"{self.target.vocabulary.capitalize()}Code",
            type=ResolvedComponent.SCHEMA,
            object=self.target.vocabulary,
            schema={"type": "string", "enum": [code for code, _label in options(self.target.vocabulary)]},
        )
        auto_schema.registry.register_on_missing(component)
        return component.ref


class NamesDescription(OpenApiSerializerFieldExtension):
    target_class = NamesField

    def map_serializer_field(self, _auto_schema, _direction):
        one = f"(?:{'|'.join(self.target.names)})"
        return {"type": "string", "pattern": f"^{one}(?:,{one})*$", "maxLength": 1000}
