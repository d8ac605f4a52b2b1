"""The two accounts to try the portal with."""

import re
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from members.actions import create_demo_members
from members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def embedded(settings, tmp_path):
    """The embedded profile with a folder of its own, whichever profile the tests run on."""
    settings.SERVER_PROFILE = False
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_both_accounts_can_sign_in_with_the_printed_password(embedded, client, capsys):
    call_command("create_demo_members")

    staff, member = re.findall(r"^(\S+)  (\S+)  \((\w+)\)$", capsys.readouterr().out, re.MULTILINE)
    assert client.login(username=staff[0], password=staff[1]) is True
    assert client.login(username=member[0], password=member[1]) is True
    assert list(Member.objects.order_by("email").values_list("email", "is_staff")) == [
        ("member@example.org", False),
        ("staff@example.org", True),
    ]


def test_a_second_run_changes_nothing(embedded):
    first = create_demo_members()
    Member.objects.filter(email="member@example.org").update(name="Another name")

    second = create_demo_members()

    assert first == second
    assert Member.objects.get(email="member@example.org").name == "Another name"


def test_the_password_is_different_in_every_place_and_only_its_owner_can_read_it(embedded, settings):
    here = create_demo_members()[0]["password"]
    mode = stat.S_IMODE((embedded / "demo_password").stat().st_mode)
    settings.VAR_DIR = embedded / "elsewhere"
    settings.VAR_DIR.mkdir()

    there = create_demo_members()[0]["password"]

    assert here != there
    assert mode == 0o600


def test_the_server_profile_gets_no_demo_accounts(settings):
    settings.SERVER_PROFILE = True

    with pytest.raises(ImproperlyConfigured, match="embedded profile only"):
        create_demo_members()

    assert Member.objects.count() == 0
