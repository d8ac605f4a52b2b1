"""What a member is told, how they want to be told, and the ledger of every mail to them."""

from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.dates import zone


class Frequency(models.TextChoices):
    """How often a subject comes by mail."""

    OFF = "off", _("No mail")
    NOW = "now", _("At once")
    DAILY = "daily", _("In a daily digest")
    WEEKLY = "weekly", _("In a weekly digest")


WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
MORNING = time(7)


def check_zone(name):
    if str(zone(name)) != name:
        raise ValidationError(_("There is no time zone of this name."))


class Preference(models.Model):
    """In which language and at what hours a member is written to. Without a row the defaults hold."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="notification_preference",
    )
    language = models.CharField(_("language of the mails"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC", validators=[check_zone])
    digest_at = models.TimeField(_("digests arrive at"), default=MORNING)
    digest_weekday = models.PositiveSmallIntegerField(
        _("weekly digests arrive on"), choices=WEEKDAYS, default=0
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    paused_until = models.DateTimeField(_("no mail until"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [
            models.CheckConstraint(condition=Q(digest_weekday__lte=6), name="digest_weekday_known"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self):
        return f"{self.language} {self.time_zone}"

    def is_paused(self, now):
        return self.paused_until is not None and now < self.paused_until


class Choice(models.Model):
    """How one member wants to hear of one subject. Without a row the subject's own defaults hold."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    subject = models.CharField(_("subject"), max_length=60)
    here = models.BooleanField(_("on this site"), default=True)
    mail = models.CharField(_("by mail"), max_length=6, choices=Frequency.choices)

    class Meta:
        verbose_name = _("notification choice")
        verbose_name_plural = _("notification choices")
        constraints = [
            models.UniqueConstraint(fields=["member", "subject"], name="choice_once_a_subject"),
            models.CheckConstraint(condition=Q(mail__in=Frequency.values), name="choice_frequency_known"),
        ]

    def __str__(self):
        return f"{self.subject}: {self.mail}"


class MailQuerySet(models.QuerySet):
    def due(self, now):
        """Waiting, its hour come, and in no worker's hands."""
        return self.filter(state=Mail.State.WAITING, due_at__lte=now).filter(
            Q(lease_until=None) | Q(lease_until__lt=now)
        )

    def lost(self, now):
        """Handed to the mail server by a worker that never came back to say how it went."""
        return self.filter(state=Mail.State.SENDING, lease_until__lt=now)


class Mail(models.Model):
    """One mail to one member: the ledger that says of each what became of it.

    waiting → sending → sent | failed | uncertain, or waiting → dropped where nothing was left to say. `sending`
    commits before the first byte goes to the mail server, so a mail can be sent twice only by someone's choice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Refused")
        UNCERTAIN = "uncertain", _("Perhaps sent")
        DROPPED = "dropped", _("Nothing left to say")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    slot = models.CharField(
        _("slot"), max_length=80, help_text=_("What shares a slot of a member goes into one mail.")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(_("due at"))
    lease_until = models.DateTimeField(_("in a worker's hands until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    address = models.EmailField(_("sent to"), blank=True)
    title = models.CharField(_("subject line"), max_length=300, blank=True)
    error = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "slot"], name="mail_once_a_slot"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending"], ended_at=None)
                | Q(state__in=["sent", "failed", "uncertain", "dropped"], ended_at__isnull=False),
                name="mail_state_has_its_date",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["lease_until"], name="mail_in_hands", condition=Q(state="sending")),
        ]

    def __str__(self):
        return f"{self.slot} → {self.member_id}"


class NotificationQuerySet(models.QuerySet):
    def listed_for(self, member):
        """The member's list, the newest first."""
        return self.filter(member=member, here=True).order_by("-pk")

    def unread(self):
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing a member is told: on their list, in a mail, or both. The words are made when it is read."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    subject = models.CharField(_("subject"), max_length=60)
    about = models.BigIntegerField(
        _("about"), null=True, blank=True, help_text=_("Key of what it is about, in the subject's own table.")
    )
    data = models.JSONField(_("data"), default=dict, blank=True)
    once = models.CharField(_("said once as"), max_length=120, blank=True)
    here = models.BooleanField(_("on this site"), default=True)
    mail = models.ForeignKey(
        Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="notifications"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "once"], name="notification_said_once", condition=~Q(once="")
            )
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notification_list", condition=Q(here=True)),
            models.Index(fields=["member"], name="notification_unread", condition=Q(here=True, read_at=None)),
        ]

    def __str__(self):
        return f"{self.subject} → {self.member_id}"
