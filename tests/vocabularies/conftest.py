"""The real vocabularies, loaded once a test file."""

import pytest
from django.db import transaction

from vocabularies import actions


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Every table as the shipped files say it, taken back after the file's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_vocabularies()
        yield
        transaction.set_rollback(True)
