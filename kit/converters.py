"""What an address may hold."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A key that a database column can hold: a longer number leads to no row, and to no error."""

    regex = "[0-9]{1,18}"
