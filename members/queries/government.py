"""Who is known to work for a government."""

from members.models import InstitutionDomain, Proof


def institution_of_address(address):
    """The active institution that a mail address belongs to, by its domain or one above it; or None."""
    parts = address.rpartition("@")[2].strip().lower().split(".")
    above = [".".join(parts[start:]) for start in range(len(parts) - 1)]
    found = InstitutionDomain.objects.filter(domain__in=above, institution__is_active=True)
    longest = max(found.select_related("institution"), key=lambda one: len(one.domain), default=None)
    return longest.institution if longest else None


def standing_proof(member):
    """The proof that holds for a member now, or None."""
    return Proof.objects.standing().filter(member=member).select_related("institution__country").first()


def waiting_proof(member):
    return Proof.objects.waiting().filter(member=member).select_related("institution__country").first()


def proofs_to_read():
    """Letters that wait for staff, the oldest first."""
    waiting = Proof.objects.waiting().filter(method=Proof.Method.LETTER)
    return waiting.select_related("member__country").order_by("asked_at")
