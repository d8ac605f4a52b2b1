"""The desk's page as a contributor has it: the same forms, without what only editors set."""

from resources.desk.editor import Editor
from resources.desk.fields import RecordField
from resources.models import KIND_MODELS

FOR_EDITORS = ("title_is_description",)


class ContributionEditor(Editor):
    """The forms of a member's own record; other records it names have to exist for that member."""

    def __init__(self, kind, resource, *, member, **options):
        super().__init__(kind, resource, **options)
        self.form.own_names = [name for name in self.form.own_names if name not in FOR_EDITORS]
        for field in self.form.fields.values():
            if isinstance(field, RecordField):
                field.reader = member

    def own_value(self, name):
        if name in FOR_EDITORS:
            return getattr(KIND_MODELS[self.kind].objects.get(pk=self.resource.pk), name)
        return super().own_value(name)
