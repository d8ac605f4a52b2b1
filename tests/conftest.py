"""The cast, and the fixtures many rooms share."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import make


@pytest.fixture
def amina(db):
    """A member in Malawi who moderates."""
    return make.member("Amina", country=make.country("MWI"))


@pytest.fixture
def bao(db):
    """A member who writes in Arabic."""
    return make.member("Bao", country=make.country("JOR"))


@pytest.fixture
def carla(db):
    """Staff."""
    return make.member("Carla", is_staff=True)


@pytest.fixture
def dawit(db):
    """A member who learns."""
    return make.member("Dawit")


@pytest.fixture
def stranger():
    """A visitor who belongs nowhere."""
    return AnonymousUser()
