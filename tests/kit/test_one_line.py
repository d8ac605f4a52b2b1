import pytest

from kit.text import one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  cash\t transfers\n", ("cash transfers", False)),
        ("ca\x00sh\x1b[31m", ("cash[31m", False)),
        ("\u202ecash\u200b", ("cash", False)),
        ("x" * 10_000, ("x" * 400, True)),
        ("التحويلات النقدية", ("التحويلات النقدية", False)),
        ("", ("", False)),
    ],
)
def test_one_line_drops_control_characters_and_cuts(typed, kept):
    assert one_line(typed, 400) == kept
