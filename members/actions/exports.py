"""All that the portal knows about a member, as one ZIP: data for machines, a page for people."""

import json
import secrets
import zipfile
from datetime import timedelta
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity.ledger import record
from kit.personal import links
from members.models import DataExport
from members.queries import language_of
from members.verbs import MemberVerb

DAY = timedelta(days=1)
MOST_A_DAY = 3
NOT_TOLD = ("password",)


def ask_for_export(member):
    """A request that the worker answers; while one waits it is the same request.

    ValidationError after a few in a day.
    """
    if member.data_exports.filter(asked_at__gt=timezone.now() - DAY).count() >= MOST_A_DAY:
        raise ValidationError(_("You have collected your data a few times today. Try again tomorrow."))
    try:
        with transaction.atomic():
            export = DataExport.objects.create(member=member, token=secrets.token_urlsafe(32))
            record(MemberVerb.EXPORT_ASKED, actor=member, subject=export)
            return export
    except IntegrityError:
        return member.data_exports.get(ready_at=None)


@transaction.atomic
def make_export(export):
    """Write the file and open its link for a day. Making it twice changes nothing."""
    export = DataExport.objects.select_for_update().select_related("member").get(pk=export.pk)
    if export.ready_at:
        return export
    content = archive(export.member)
    export.ready_at = timezone.now()
    export.expires_at, export.size = export.ready_at + DAY, len(content)
    export.file.save("export.zip", ContentFile(content), save=False)
    export.save()
    record(MemberVerb.EXPORT_READY, actor=export.member, subject=export)
    return export


def drop_export(export):
    """Take the file away; the line that says that there was one stays until the account goes."""
    export.file.delete(save=False)
    DataExport.objects.filter(pk=export.pk).update(file="")


def archive(member):
    """The bytes of the ZIP."""
    tables = {"members.Member": [as_told(member, NOT_TOLD)]}
    for link in links().values():
        if link.is_exported:
            rows = [as_told(row, link.secret) for row in link.rows(member)]
            name = link.model if link.model not in tables else link.key
            tables[name] = rows
    language = language_of(member)
    with override(language):
        page = render_to_string(
            "members/export.html",
            {
                "member": member,
                "made_at": timezone.now(),
                "tables": [(name, rows) for name, rows in tables.items() if rows],
                "language": language,
                "direction": "rtl" if language == "ar" else "ltr",
            },
        )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        packed.writestr("index.html", page)
    return buffer.getvalue()


def as_told(row, secret):
    """A row as {column: value}, with the keys of what it points at; columns of `secret` are left out."""
    told = {}
    for column in row._meta.concrete_fields:
        if column.name not in secret:
            value = column.value_from_object(row)
            told[column.name] = value.name if isinstance(column, models.FileField) else value
    for column in row._meta.many_to_many:
        if column.name not in secret:
            told[column.name] = [str(one) for one in getattr(row, column.name).all()]
    return told
