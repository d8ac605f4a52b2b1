"""Accounts that were made before addresses were verified keep working: staff made them, so staff vouch for them."""

from django.conf import settings
from django.db import migrations


def vouch(apps, _schema_editor):
    EmailAddress = apps.get_model("account", "EmailAddress")
    members = apps.get_model("members", "Member").objects.values_list("pk", "email")
    EmailAddress.objects.bulk_create(
        (EmailAddress(user_id=pk, email=email, verified=True, primary=True) for pk, email in members.iterator()),
        batch_size=1000,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
