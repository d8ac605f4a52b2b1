"""What the clock starts: the sending of what is due, and forgetting."""

import logging
import smtplib
from time import monotonic

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from notifications import actions
from notifications.emails import compose
from notifications.models import Mail

BATCH, SECONDS = 500, 50.0
logger = logging.getLogger(__name__)


@shared_task
def send_mails():
    """Send what is due, over one connection. Returns how many mails ended."""
    actions.settle_lost_mails()
    until, count, connection = monotonic() + SECONDS, 0, get_connection()
    try:
        while count < BATCH and monotonic() < until and (mail := actions.claim_mail()):
            if not send_one(mail, connection):
                break
            count += 1
    finally:
        close(connection)
    return count


def send_one(mail, connection):
    """Send one claimed mail; False where there is no mail server, so that the others need not be tried."""
    try:
        message = compose(mail)
    except Exception as error:
        logger.exception("mail %s cannot be written", mail.pk)
        actions.put_off_mail(mail, repr(error))
        return True
    if message is None:
        actions.drop_mail(mail)
        return True
    if not is_open(connection):
        actions.release_mail(mail)
        return False
    if actions.begin_handing_over(mail, address=message.to[0], title=message.subject):
        hand_over(mail, message, connection)
    return True


def hand_over(mail, message, connection):
    """Give it to the mail server. What it answered is certain; where the line broke nobody knows."""
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        refuse(mail, code, words)
    except smtplib.SMTPSenderRefused as refused:
        # That is between the server and us; the next mail would fare no better.
        actions.put_off_mail(mail, refused)
    except smtplib.SMTPResponseException as refused:
        refuse(mail, refused.smtp_code, refused.smtp_error)
    except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as error:
        actions.end_mail_as(mail, Mail.State.FAILED, repr(error))
    except Exception as error:
        logger.warning("mail %s is uncertain: %r", mail.pk, error)
        actions.end_mail_as(mail, Mail.State.UNCERTAIN, repr(error))
        close(connection)
    else:
        actions.end_mail_as(mail, Mail.State.SENT)


def refuse(mail, code, words):
    words = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    if 400 <= code < 500:
        actions.put_off_mail(mail, f"{code} {words}")
    else:
        actions.end_mail_as(mail, Mail.State.FAILED, f"{code} {words}")


def is_open(connection):
    """Whether the mail server is there. A line it dropped meanwhile is opened anew, before anything depends on it."""
    try:
        session = getattr(connection, "connection", None)
        if session is not None and not answers(session):
            close(connection)
        connection.open()
        if session := getattr(connection, "connection", None):
            session.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("no mail server, the mails wait: %s", error)
        return False
    return True


def answers(session):
    try:
        return session.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def close(connection):
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        logger.info("the mail server had gone: %s", error)


@shared_task
def forget_old():
    """Drop old notifications and the ledger's oldest rows. Returns how many."""
    return actions.forget_old(timezone.now())
