"""The account. The e-mail address is the name one signs in with."""

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MemberManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A member with a normalised address; without a password nobody can sign in as them."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        """A member with all rights; who makes one at the command line vouches for the address."""
        member = self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})
        self.vouch_for_address(member)
        return member

    def vouch_for_address(self, member):
        """Take the address as verified, so that no code is asked for at the first sign-in."""
        apps.get_model("account", "EmailAddress").objects.update_or_create(
            user=member, email=member.email, defaults={"verified": True, "primary": True}
        )

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class Member(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    country = models.ForeignKey(
        "vocabularies.Country", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_once")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.email


class SignInDevice(models.Model):
    """A browser a member has signed in with, known by the digest of a random token in its cookie."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sign_in_devices")
    token_digest = models.CharField(_("digest"), max_length=64)
    user_agent = models.CharField(_("browser"), max_length=200, blank=True)
    ip = models.GenericIPAddressField(_("IP address"))
    first_seen_at = models.DateTimeField(_("first seen at"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen at"), default=timezone.now)

    class Meta:
        verbose_name = _("sign-in device")
        verbose_name_plural = _("sign-in devices")
        constraints = [models.UniqueConstraint(fields=["member", "token_digest"], name="sign_in_device_once")]

    def __str__(self):
        return f"{self.member_id} {self.user_agent}"
