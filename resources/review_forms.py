"""What editors type: decisions, messages, posting rights."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Member
from resources import rules
from resources.contribution_forms import LONGEST_MESSAGE, UtcField, WordsField
from resources.desk.fields import LineField, OrganisationField
from resources.models import Kind, Right, Status
from vocabularies.models import Organisation

DOMAIN = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z"
)
MOST_AT_ONCE = 100
# What an editor can decide, in the order of the choice, by the status it leads to.
DECISIONS = {
    Status.PUBLISHED: gettext_lazy("Publish it now"),
    Status.SCHEDULED: gettext_lazy("Publish it at a time to come"),
    Status.RETURNED: gettext_lazy("Return it with a question"),
    Status.HELD: gettext_lazy("Put it on hold"),
    Status.SUBMITTED: gettext_lazy("Bring it back to the queue"),
    Status.REFUSED: gettext_lazy("Refuse it"),
}
AFTER_APPEAL = {
    Status.SUBMITTED: gettext_lazy("Accept the appeal: back to the queue"),
    Status.REFUSED: gettext_lazy("Reject the appeal"),
}
BULK = {
    "claim": gettext_lazy("Take on"),
    "release": gettext_lazy("Give back"),
    "seen": gettext_lazy("Mark as looked at"),
    Status.PUBLISHED.value: gettext_lazy("Publish"),
    Status.HELD.value: gettext_lazy("Put on hold"),
    Status.REFUSED.value: gettext_lazy("Refuse"),
}


def decisions(member, resource):
    """(status, words) of what this editor can decide about a resource."""
    words = DECISIONS | (AFTER_APPEAL if resource.status == Status.APPEALED else {})
    return [(end, label) for end, label in words.items() if rules.can_take_step(member, resource, end)]


class DecisionForm(forms.Form):
    end = forms.ChoiceField(label=gettext_lazy("Decision"))
    note = WordsField(
        label=gettext_lazy("To the contributor"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("The contributor reads it. A question, a hold and a refusal need it."),
    )
    at = UtcField(
        label=gettext_lazy("Publish at (UTC)"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Only for a time to come."),
    )

    def __init__(self, member, resource, *args, **more):
        super().__init__(*args, **more)
        self.fields["end"].choices = [("", "—"), *decisions(member, resource)]

    def clean(self):
        found = super().clean()
        if found.get("end") == Status.SCHEDULED and not found.get("at") and "at" not in self.errors:
            self.add_error("at", _("Say when."))
        return found


class EditorsMessageForm(forms.Form):
    text = WordsField(label=gettext_lazy("Message"), max_length=LONGEST_MESSAGE)
    is_internal = forms.BooleanField(label=gettext_lazy("A note that only the editors read"), required=False)


class BulkForm(forms.Form):
    do = forms.ChoiceField(choices=list(BULK.items()))
    note = WordsField(required=False, max_length=LONGEST_MESSAGE)
    chosen = forms.MultipleChoiceField()

    def __init__(self, data):
        super().__init__(data)
        keys = data.getlist("chosen")[:MOST_AT_ONCE]
        self.fields["chosen"].choices = [(key, "") for key in keys if key.isdecimal() and len(key) < 18]
        self.fields["chosen"].error_messages["required"] = _("Tick the submissions you mean.")
        self.fields["chosen"].error_messages["invalid_choice"] = _("Tick the submissions you mean.")


class RightForm(forms.Form):
    who = LineField(
        label=gettext_lazy("Member or domain"),
        max_length=254,
        help_text=gettext_lazy(
            "An address of e-mail for one member, or a domain, as example.org, for all who have one there."
        ),
    )
    organisation = OrganisationField(
        label=gettext_lazy("For the organisation"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("Leave it empty for all."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("For the type"),
        required=False,
        choices=[("", gettext_lazy("All types")), *Kind.choices],
    )
    right = forms.ChoiceField(label=gettext_lazy("Right"), choices=Right.choices, initial=Right.ALLOWED)
    reason = WordsField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("Who is blocked reads it."),
    )

    def clean_who(self):
        text = self.cleaned_data["who"].lower()
        if "@" in text.strip("@"):
            member = Member.objects.filter(email=text).first()
            if member is None:
                raise ValidationError(_("No member has this address."))
            return {"member": member}
        domain = text.removeprefix("@")
        if not DOMAIN.match(domain):
            raise ValidationError(_("Write an address, as name@example.org, or a domain, as example.org."))
        return {"email_domain": domain}

    def clean_organisation(self):
        slug = self.cleaned_data["organisation"]
        return Organisation.objects.get(slug=slug) if slug else None

    def clean(self):
        found = super().clean()
        if found.get("right") == Right.BLOCKED and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: who is blocked reads the reason, and may appeal."))
        return found


class BlockAnswerForm(forms.Form):
    answer = WordsField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("The member reads it. To lift the block, change or remove the right."),
    )
