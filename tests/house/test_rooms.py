"""The house: rooms import only to the left and through the doors, floors only downwards, no import inside a function."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OPEN_ROOMS = {"kit", "activity", "search"}
DOORS = {"verbs", "models", "rules", "queries", "actions"}
FLOORS = [
    {"verbs"},
    {"models"},
    {"rules"},
    {"queries"},
    {"emails"},
    {"actions"},
    {"tasks"},
    {"handlers"},
    {"forms"},
    {"serializers"},
    {"views", "api", "feeds", "admin", "slots", "search_indexes"},
    {"urls"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
# The ledger's record() starts the delivery: the one place where a task is named below tasks.
FLOOR_EXCEPTIONS = {("activity/ledger.py", "activity.tasks")}


def python_files(room):
    return [p for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]


def imports_of(path):
    """(module, inside a function) of each import of one of our rooms in a file."""
    tree = ast.parse(path.read_text())
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside.update(id(child) for child in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] in settings.ROOMS:
                yield name, id(node) in inside


def floor_of(path, room):
    return path.relative_to(ROOT / room).parts[0].removesuffix(".py")


@pytest.mark.parametrize("room", settings.ROOMS)
def test_a_room_imports_only_from_rooms_on_its_left(room):
    allowed = set(settings.ROOMS[: settings.ROOMS.index(room) + 1])

    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(room)
        for name, _inside in imports_of(path)
        if name.split(".")[0] not in allowed
    ]

    assert wrong == []


@pytest.mark.parametrize("room", settings.ROOMS)
def test_other_rooms_are_entered_through_their_doors(room):
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(room)
        for name, _inside in imports_of(path)
        if name.split(".")[0] not in {room, *OPEN_ROOMS}
        and name.split(".")[1] not in DOORS
        and path.name != "urls.py"
    ]

    assert wrong == []


@pytest.mark.parametrize("room", settings.ROOMS)
def test_none_of_our_rooms_is_imported_inside_a_function(room):
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files(room)
        for name, inside in imports_of(path)
        if inside
    ]

    assert wrong == []


@pytest.mark.parametrize("room", settings.ROOMS)
def test_a_floor_stands_on_lower_floors_only(room):
    wrong = []
    for path in python_files(room):
        mine = LEVEL.get(floor_of(path, room))
        for name, _inside in imports_of(path):
            parts = name.split(".")
            theirs = LEVEL.get(parts[1]) if parts[0] == room else None
            crossing = (str(path.relative_to(ROOT)), ".".join(parts[:2]))
            if mine is not None and theirs is not None and theirs > mine and crossing not in FLOOR_EXCEPTIONS:
                wrong.append(f"{crossing[0]}: {name}")

    assert wrong == []


def test_foreign_keys_point_left_except_the_actor_of_an_activity():
    order = {room: n for n, room in enumerate(settings.ROOMS)}

    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model._meta.app_label in order
        and field.is_relation
        and not field.auto_created
        and field.related_model
        and order.get(field.related_model._meta.app_label, -1) > order[model._meta.app_label]
    ]

    assert wrong == ["activity.Activity.actor"]


def test_the_rooms_stand_in_the_order_of_the_house():
    house = "kit activity search vocabularies members notifications resources communities webinars learning drafting matchmaking newsletters insights portal"

    order = [room for room in house.split() if room in settings.ROOMS]

    assert order == settings.ROOMS


def test_no_room_keeps_signals_of_its_own():
    wrong = [
        str(path.relative_to(ROOT))
        for room in settings.ROOMS
        for path in python_files(room)
        if "django.db.models.signals" in path.read_text() or "post_save" in path.read_text()
    ]

    assert wrong == []


def test_no_file_of_a_room_is_longer_than_its_floor_bears():
    wrong = [
        f"{path.relative_to(ROOT)}: {lines}"
        for room in settings.ROOMS
        for path in python_files(room)
        if path.name != "settings.py"  # one file with named sections, by decision
        and (lines := len(path.read_text().splitlines())) > 450
    ]

    assert wrong == []
