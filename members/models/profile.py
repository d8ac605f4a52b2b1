"""What a member tells about themselves, and to whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.consent import Consent, Purpose
from members.models.privacy import Erasure

BIO_LIMIT = 1500
LETTER_LIMIT = 5000


class Sector(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    INTERNATIONAL = "international", _("International organisation")
    NGO = "ngo", _("Civil society")
    THINK_TANK = "think_tank", _("Think tank")
    ACADEMIA = "academia", _("University or research")
    DONOR = "donor", _("Donor or development bank")
    PRIVATE = "private", _("Private sector")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Something else")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    NOBODY = "nobody", _("Nobody")


def audience(name):
    """A column that says who sees a part of the profile."""
    return models.CharField(name, max_length=8, choices=Audience.choices, default=Audience.MEMBERS)


class ProfileQuerySet(models.QuerySet):
    def listed(self):
        """Profiles of active members with a verified address whose consent stands, and who are not leaving."""
        agreed = Consent.objects.in_force(Purpose.DIRECTORY).values("member")
        return self.filter(
            member__is_active=True,
            member__emailaddress__primary=True,
            member__emailaddress__verified=True,
            member__in=agreed,
        ).exclude(Q(shown_to=Audience.NOBODY) | Q(member__in=Erasure.objects.pending().values("member")))

    def public(self):
        return self.listed().filter(shown_to=Audience.PUBLIC)

    def visible_to(self, member):
        """What this visitor may see: listed profiles, those for members only to members, and one's own."""
        if not member.is_authenticated:
            return self.public()
        return self.filter(Q(pk__in=self.listed().values("pk")) | Q(member_id=member.pk))


class Profile(models.Model):
    """The part of an account that others may see. Each part has an audience of its own."""

    PARTS = ("affiliation", "country", "bio", "topics", "experience", "languages")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    language = models.CharField(
        _("language"),
        max_length=7,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Of the mails we send."),
    )
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    bio = models.TextField(_("about you"), blank=True, max_length=BIO_LIMIT)
    topics = models.ManyToManyField("vocabularies.Topic", blank=True, related_name="experts")
    experience = models.ManyToManyField("vocabularies.Country", blank=True, related_name="experts")
    languages = models.ManyToManyField("vocabularies.Language", blank=True, related_name="speakers")
    shown_to = audience(_("who sees the profile"))
    affiliation_shown_to = audience(_("who sees where you work"))
    country_shown_to = audience(_("who sees your country"))
    bio_shown_to = audience(_("who sees what you say about yourself"))
    topics_shown_to = audience(_("who sees your topics"))
    experience_shown_to = audience(_("who sees your countries of experience"))
    languages_shown_to = audience(_("who sees your languages"))

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self):
        return str(self.member)

    def get_absolute_url(self):
        return reverse("member", args=[self.pk])

    def shows(self, part, viewer):
        """Whether a part may be shown to a viewer: an audience, as Audience.PUBLIC or Audience.MEMBERS."""
        chosen = getattr(self, f"{part}_shown_to")
        return chosen == Audience.PUBLIC or (chosen == Audience.MEMBERS and viewer == Audience.MEMBERS)


class PublicProfile(Profile):
    """The same profile as everyone sees it: the search index keeps what is public apart from what is for members."""

    class Meta:
        proxy = True
        verbose_name = _("public profile")
        verbose_name_plural = _("public profiles")


class AffiliationQuerySet(models.QuerySet):
    def current(self, day=None):
        """Where a member works on a day; an open end counts as going on."""
        day = day or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Affiliation(models.Model):
    """Where a member works or worked. An organisation that is not in the vocabulary is kept as it was typed."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations"
    )
    sector = models.CharField(_("sector"), max_length=15, choices=Sector.choices)
    organisation = models.ForeignKey(
        "vocabularies.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="affiliations",
    )
    organisation_name = models.CharField(_("organisation"), max_length=255, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = [F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="affiliation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(organisation_name=""), name="affiliation_named_once"
            ),
        ]

    def __str__(self):
        return " · ".join(filter(None, [self.position, self.place])) or self.get_sector_display()

    @property
    def is_current(self):
        today = timezone.localdate()
        return (self.starts_on or today) <= today <= (self.ends_on or today)

    @property
    def place(self):
        """The organisation's name, from the vocabulary or as it was typed."""
        return self.organisation.name if self.organisation else self.organisation_name


class Message(models.Model):
    """A letter one member sent another through the portal; kept for three months against abuse."""

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters_sent"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters_received"
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=LETTER_LIMIT)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["sender", "-sent_at"], name="letters_of_a_sender")]

    def __str__(self):
        return self.subject
