"""The letters of this room: plain text first, and the same in HTML in the look of the portal."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, override

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
CODE = re.compile(r"[A-Z0-9]{3,4}(?:-[A-Z0-9]{3,4})+|\d{6}")
SANS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
PARAGRAPH = f"margin:16px 0 0;font:16px/1.55 {SANS};color:#13222a;overflow-wrap:anywhere"
LARGE = "margin:16px 0 0;font:bold 26px/1.4 ui-monospace,Menlo,Consolas,monospace;color:#13222a;letter-spacing:2px"


@dataclass(frozen=True)
class Letter:
    """A mail as it can wait in a queue."""

    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""

    def send(self):
        mail = EmailMultiAlternatives(
            self.subject,
            self.text,
            settings.DEFAULT_FROM_EMAIL,
            [self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            # RFC 3834: no holiday notes in answer to it.
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(self.html, "text/html")
        mail.send()


def letter(template, *, to, language="", reply_to="", **values):
    """The letter of `members/mail/<template>.txt`, in a language; the file's first line is the subject."""
    with override(language or get_language()):
        text = render_to_string(
            f"members/mail/{template}.txt",
            {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **values},
        )
        subject, _line, body = text.strip().partition("\n")
        return compose(subject, body.strip(), to=to, reply_to=reply_to)


def compose(subject, body, *, to, reply_to=""):
    """A letter of a subject and a text, whose paragraphs are parted by empty lines, in the language of the moment."""
    subject = " ".join(subject.split())
    language = get_language() or settings.LANGUAGE_CODE
    frame = {
        "subject": subject,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "body": in_html(body),
    }
    text = render_to_string("members/mail/frame.txt", {**frame, "body": body}).strip() + "\n"
    return Letter(to, subject, text, render_to_string("members/mail/frame.html", frame), reply_to)


def in_html(body):
    """Paragraphs, links that can be pressed, and a code large enough to read across a desk."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        style = LARGE if CODE.fullmatch(paragraph.strip()) else PARAGRAPH
        parts.append(f'<p style="{style}">{with_links(paragraph.strip())}</p>')
    return mark_safe("".join(parts))


def with_links(text):
    html, at = "", 0
    for found in ADDRESS.finditer(text):
        url = found.group().rstrip(".,;:!?)")
        html += lines(text[at : found.start()])
        html += f'<a href="{escape(url)}" style="color:#00536a">{escape(url)}</a>'
        at = found.start() + len(url)
    return html + lines(text[at:])


def lines(text):
    return str(escape(text)).replace("\n", "<br>")
