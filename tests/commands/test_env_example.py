"""`.env.example` is complete and true."""

import ast
import re

import pytest
from django.conf import settings

EXAMPLE = settings.BASE_DIR / ".env.example"
LINE = re.compile(r"^#?([A-Z][A-Z0-9_]*)=(.*)$")
SHOWN_AS_EXAMPLE = {"DATABASE_URL", "REDIS_URL"}


def names_in_the_settings():
    """Every name read with `env.<type>("NAME", default=…)`, with its default where that is a literal."""
    tree = ast.parse((settings.BASE_DIR / "portal" / "settings.py").read_text())
    found = {}
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
            continue
        if getattr(call.func.value, "id", "") != "env" or not isinstance(call.args[0], ast.Constant):
            continue
        name = ast.literal_eval(call.args[0])
        for keyword in call.keywords:
            if keyword.arg == "default":
                try:
                    found[name] = ast.literal_eval(keyword.value)
                except ValueError:
                    found[name] = None
        found.setdefault(name, None)
    return found


def lines_of_the_example():
    """(name, value, the line above) of every setting the example shows."""
    lines = EXAMPLE.read_text().splitlines()
    return [(*match.groups(), lines[i - 1]) for i, line in enumerate(lines) if (match := LINE.match(line))]


def as_written(default):
    """How a default is written in an environment."""
    if isinstance(default, bool):
        return str(int(default))
    if isinstance(default, list):
        return ",".join(default)
    return str(default)


def test_the_example_lists_every_setting_once_and_nothing_else():
    shown = [name for name, _value, _above in lines_of_the_example()]

    assert sorted(shown) == sorted(names_in_the_settings())


def test_every_setting_of_the_example_is_explained_in_the_line_above():
    unexplained = [
        name for name, _value, above in lines_of_the_example() if not re.match(r"# \S.*\.$", above)
    ]

    assert unexplained == []


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, value, _above in lines_of_the_example() if name not in SHOWN_AS_EXAMPLE],
)
def test_the_example_shows_the_default(name, value):
    default = names_in_the_settings()[name]

    assert value == ("" if default is None else as_written(default))


def test_configuration_is_documented_for_every_setting():
    text = (settings.BASE_DIR / "docs" / "configuration.md").read_text()

    missing = [name for name in names_in_the_settings() if f"`{name}`" not in text]

    assert missing == []
