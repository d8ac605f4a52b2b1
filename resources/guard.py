"""The database's own guard over the status of resources: no step that is not in the log.

A trigger, because a constraint sees one row at a time: a change of `Resource.status` is refused unless the last row of
the log (`Transition`, whose own constraint knows only allowed steps) is exactly this step. What enters the library is
entered into the log by the database, whatever door it came through.

Trap: SQLite loses the triggers of a table that a migration rebuilds, and cannot rebuild a table that a trigger names.
A migration that changes `Resource` ends with `InstallGuard()`; one that changes `Transition` stands between
`RemoveGuard()` and `InstallGuard()`. `tests/resources/test_guard.py` fails where one was forgotten.
"""

from django.db.migrations.operations.base import Operation

NAMES = ("resource_entry_is_logged", "resource_step_is_logged")
MESSAGE = "status changed without a logged step"

SQLITE = [
    """CREATE TRIGGER resource_entry_is_logged AFTER INSERT ON resources_resource
    BEGIN
        INSERT INTO resources_transition (resource_id, from_status, to_status, actor_id, at, note)
        VALUES (NEW.id, '', NEW.status, NEW.submitted_by_id, strftime('%Y-%m-%d %H:%M:%f', 'now'), NEW.source);
    END""",
    """CREATE TRIGGER resource_step_is_logged BEFORE UPDATE OF status ON resources_resource
    WHEN OLD.status <> NEW.status AND NOT EXISTS (
        SELECT 1 FROM resources_transition step
        WHERE step.id = (SELECT max(id) FROM resources_transition WHERE resource_id = OLD.id)
        AND step.from_status = OLD.status AND step.to_status = NEW.status)
    BEGIN
        SELECT RAISE(ABORT, 'status changed without a logged step');
    END""",
]
POSTGRESQL = [
    """CREATE FUNCTION resource_entry_is_logged() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO resources_transition (resource_id, from_status, to_status, actor_id, at, note)
        VALUES (NEW.id, '', NEW.status, NEW.submitted_by_id, clock_timestamp(), NEW.source);
        RETURN NULL;
    END $$""",
    """CREATE FUNCTION resource_step_is_logged() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM resources_transition step
            WHERE step.id = (SELECT max(id) FROM resources_transition WHERE resource_id = OLD.id)
            AND step.from_status = OLD.status AND step.to_status = NEW.status)
        THEN RAISE EXCEPTION 'status changed without a logged step' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER resource_entry_is_logged AFTER INSERT ON resources_resource
    FOR EACH ROW EXECUTE FUNCTION resource_entry_is_logged()""",
    """CREATE TRIGGER resource_step_is_logged BEFORE UPDATE OF status ON resources_resource
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION resource_step_is_logged()""",
]


def install(schema_editor):
    """Put the triggers in place, anew where they stand already."""
    remove(schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def remove(schema_editor):
    for name in NAMES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON resources_resource")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class InstallGuard(Operation):
    """A step of a migration: the triggers stand after it."""

    reversible = True

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        install(schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        remove(schema_editor)

    def describe(self):
        return "Guard the status of resources"


class RemoveGuard(InstallGuard):
    """A step of a migration: the triggers are out of the way of what follows."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        remove(schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        install(schema_editor)

    def describe(self):
        return "Lift the guard of the status of resources"
