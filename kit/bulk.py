"""Writing very many rows: COPY on PostgreSQL, one prepared INSERT elsewhere. No signals, no `save()`."""

import json
from itertools import islice

from django.db import connections, models, router
from django.db.models import NOT_PROVIDED

PLAIN_ON_COPY = (models.JSONField,)
PLAIN_ELSEWHERE = (
    models.JSONField,
    models.DateTimeField,
    models.DateField,
    models.DecimalField,
    models.TimeField,
)


def reserve_ids(model, count):
    """`count` primary keys nobody else will be given; on SQLite inside the running write transaction."""
    connection = connections[router.db_for_write(model)]
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + count + 1))


def write_rows(model, names, rows):
    """Write tuples of values for the fields `names`; every other field gets its default. Returns how many."""
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    rest = [
        field
        for field in model._meta.concrete_fields
        if field not in fields and not is_given_by_database(field)
    ]
    prepare = preparer(connection, fields)
    constants = preparer(connection, rest)(tuple(default_of(field) for field in rest))
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in [*fields, *rest])
    ready = (prepare(row) + constants for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return copy(cursor, f"COPY {table} ({columns}) FROM STDIN", ready)
        marks = ", ".join(["%s"] * (len(fields) + len(rest)))
        return insert(cursor, f"INSERT INTO {table} ({columns}) VALUES ({marks})", ready)  # noqa: S608


def copy(cursor, sql, rows):
    written = 0
    with cursor.copy(sql) as stream:
        for row in rows:
            stream.write_row(row)
            written += 1
    return written


def insert(cursor, sql, rows, at_once=2000):
    written, rows = 0, iter(rows)
    while batch := list(islice(rows, at_once)):
        cursor.executemany(sql, batch)
        written += len(batch)
    return written


def is_given_by_database(field):
    return field.primary_key and isinstance(field, models.AutoField | models.BigAutoField)


def default_of(field):
    """The value a field without one gets; a field that has neither default, null nor blank text must be named."""
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    if field.null:
        return None
    if field.empty_strings_allowed:
        return ""
    raise ValueError(f"{field.model.__name__}.{field.name} has no default; name it.")


def preparer(connection, fields):
    """A function that makes a tuple of Python values ready for the driver; touches only the columns that need it."""
    if connection.vendor == "postgresql":
        odd = [(place, json.dumps) for place, field in enumerate(fields) if isinstance(field, PLAIN_ON_COPY)]
    else:
        odd = [
            (place, lambda value, field=field: field.get_db_prep_save(value, connection))
            for place, field in enumerate(fields)
            if isinstance(field, PLAIN_ELSEWHERE)
        ]
    if not odd:
        return tuple

    def prepare(row):
        row = list(row)
        for place, adapt in odd:
            if row[place] is not None:
                row[place] = adapt(row[place])
        return tuple(row)

    return prepare
