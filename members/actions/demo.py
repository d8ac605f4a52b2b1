"""Two accounts to try the portal with."""

from secrets import choice

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from members.models import Member

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
DEMO_ACCOUNTS = [
    ("staff@example.org", "Carla Mendes", "staff", {"is_staff": True, "is_superuser": True}),
    ("member@example.org", "Dawit Bekele", "member", {}),
]


def create_demo_members():
    """The demo accounts with the password kept in VAR_DIR; an account that is there already keeps what it has."""
    if settings.SERVER_PROFILE:
        raise ImproperlyConfigured(
            "Demo accounts are for the embedded profile only: their password is kept in a file."
        )
    password = demo_password()
    for email, name, _role, flags in DEMO_ACCOUNTS:
        if not Member.objects.filter(email=email).exists():
            member = Member.objects.create_user(email, password, name=name, **flags)
            Member.objects.vouch_for_address(member)
    return [
        {"email": email, "password": password, "role": role} for email, _name, role, _flags in DEMO_ACCOUNTS
    ]


def demo_password():
    """One password for both accounts, made up on the first call."""
    path = settings.VAR_DIR / "demo_password"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        password = "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(3))
        path.touch(mode=0o600)
        path.write_text(password + "\n")
        return password
