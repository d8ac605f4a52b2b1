"""Text that was sent as text."""

from rest_framework import serializers


class TextField(serializers.CharField):
    """Refuses numbers and truth values, as the description of the API says; a CharField would make text of them."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)
