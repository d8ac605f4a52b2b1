"""Who is known to work for a government: institutions with their mail domains, and proofs that hold for a year."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

domain_name = RegexValidator(
    r"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\Z",
    _("Write the part behind the @ in small letters, as in gender.gov.mw."),
)


class Institution(models.Model):
    """A ministry or another public body whose staff may be verified."""

    name = models.CharField(_("name"), max_length=255)
    country = models.ForeignKey("vocabularies.Country", on_delete=models.PROTECT, related_name="institutions")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), "country", name="institution_once_a_country")]

    def __str__(self):
        return self.name


class InstitutionDomain(models.Model):
    """A mail domain that only the institution's own staff have; what stands below it counts as well."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("domain"), max_length=200, unique=True, validators=[domain_name])

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        ordering = ["domain"]

    def __str__(self):
        return self.domain


class ProofQuerySet(models.QuerySet):
    def standing(self, at=None):
        """Proofs that hold now."""
        return self.filter(state=Proof.State.VERIFIED, expires_at__gt=at or timezone.now())

    def waiting(self):
        return self.filter(state=Proof.State.ASKED)


def letter_path(proof, _name):
    """Nothing in the path tells whose letter it is."""
    return f"letters/{proof.asked_at:%Y}/{proof.token}"


class Proof(models.Model):
    """One request to be known as an official, and what came of it."""

    class Method(models.TextChoices):
        MAIL = "mail", _("Official mail address")
        COLLEAGUE = "colleague", _("A verified colleague")
        LETTER = "letter", _("A letter")

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting")
        VERIFIED = "verified", _("Verified")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proofs")
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="proofs"
    )
    institution_name = models.CharField(_("institution as typed"), max_length=255, blank=True)
    email = models.EmailField(_("address"), blank=True, help_text=_("The official one, or the colleague's."))
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="vouching"
    )
    token = models.CharField(_("token"), max_length=64, unique=True)
    code_digest = models.CharField(_("digest of the code"), max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    letter = models.FileField(_("letter"), upload_to=letter_path, blank=True)
    letter_type = models.CharField(_("type of the letter"), max_length=100, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proofs_decided",
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of a government post")
        verbose_name_plural = _("proofs of government posts")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["member"], name="one_proof_waits", condition=Q(state="asked")),
            models.UniqueConstraint(
                fields=["member"], name="one_proof_stands", condition=Q(state="verified")
            ),
            models.CheckConstraint(
                name="verified_proof_is_whole",
                condition=~Q(state="verified")
                | Q(institution__isnull=False, decided_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="refused_proof_says_why", condition=~Q(state="refused") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.institution or self.institution_name} {self.state}"

    @property
    def place(self):
        return self.institution.name if self.institution else self.institution_name
