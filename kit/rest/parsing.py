"""Bodies: JSON in UTF-8, of a bounded size."""

from io import BytesIO

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from kit.rest.problems import TooLarge

LONGEST = 2 * 1024 * 1024


class BoundedJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(LONGEST + 1)
        if len(body) > LONGEST:
            raise TooLarge
        try:
            return super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
