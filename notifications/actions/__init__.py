"""The door of this room: rooms above declare subjects and tell members; pages mark, choose and unsubscribe."""

from notifications.actions.choosing import (
    end_mail,
    pause_mail,
    remember_language,
    resume_mail,
    save_settings,
)
from notifications.actions.reading import forget_old, mark_all_read, mark_read
from notifications.actions.sending import (
    begin_handing_over,
    claim_mail,
    drop_mail,
    end_mail_as,
    put_off_mail,
    release_mail,
    send_again,
    settle_lost_mails,
)
from notifications.actions.telling import notify, retract
from notifications.subjects import Told, tells

__all__ = [
    "Told",
    "begin_handing_over",
    "claim_mail",
    "drop_mail",
    "end_mail",
    "end_mail_as",
    "forget_old",
    "mark_all_read",
    "mark_read",
    "notify",
    "pause_mail",
    "put_off_mail",
    "release_mail",
    "remember_language",
    "resume_mail",
    "retract",
    "save_settings",
    "send_again",
    "settle_lost_mails",
    "tells",
]
