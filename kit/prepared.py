"""Queries by primary keys that are compiled once: building one anew costs more than the database does."""

from bisect import bisect_left

from django.db import connections
from django.db.models.query import get_related_populators

# Keys are filled up to one of these numbers, so that few texts of the query exist.
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
FIRST_MARK = 2**52


class Prepared:
    """Some columns of the rows of a queryset that have given keys, in no order, as tuples.

    `make_queryset()` is asked once; it returns an unordered `values_list`.
    """

    def __init__(self, make_queryset):
        self.make_queryset = make_queryset
        self.compiled = {}

    def __call__(self, keys):
        keys = list(keys)
        if not keys:
            return []
        if len(keys) > SIZES[-1]:
            return self(keys[: SIZES[-1]]) + self(keys[SIZES[-1] :])
        size = SIZES[bisect_left(SIZES, len(keys))]
        if size not in self.compiled:
            self.compiled[size] = self.compile(size)
        alias, sql, before, after, compiler, converters = self.compiled[size]
        keys += [keys[-1]] * (size - len(keys))
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, (*before, *keys, *after))
            rows = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    def compile(self, size):
        """The text of the query for so many keys, what stands before and after them, and how to read what comes."""
        marks = list(range(FIRST_MARK, FIRST_MARK + size))
        queryset = self.make_queryset().filter(pk__in=marks)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        first = parameters.index(FIRST_MARK)
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return queryset.db, sql, parameters[:first], parameters[first + size :], compiler, converters


class PreparedFor:
    """The rows of a queryset for one value (a country's code), as tuples; it may be ordered and cut.

    `make_queryset(value)` is asked once, with MARK; it returns a `values_list`.
    """

    MARK = "\ue000 value"  # private use: no real value is like it

    def __init__(self, make_queryset):
        self.make_queryset = make_queryset
        self.compiled = None

    def __call__(self, value):
        if self.compiled is None:
            self.compiled = self.compile()
        alias, sql, parameters, compiler, converters = self.compiled
        with connections[alias].cursor() as cursor:
            cursor.execute(sql, [value if one == self.MARK else one for one in parameters])
            rows = cursor.fetchall()
        return self.shape(compiler.apply_converters(rows, converters) if converters else rows)

    def shape(self, rows):
        return [tuple(row) for row in rows]

    def compile(self):
        queryset = self.make_queryset(self.MARK)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return queryset.db, sql, parameters, compiler, converters


class PreparedModels(PreparedFor):
    """The same for a queryset of instances, those of `select_related` included."""

    def compile(self):
        compiled = super().compile()
        alias, compiler = compiled[0], compiled[3]
        info = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.make = info["model"].from_db
        self.alias, self.columns = alias, slice(first, last)
        self.names = [column[0].target.attname for column in compiler.select[first:last]]
        self.populators = get_related_populators(info, compiler.select, alias)
        return compiled

    def shape(self, rows):
        made = []
        for row in rows:
            one = self.make(self.alias, self.names, row[self.columns])
            for populator in self.populators:
                populator.populate(row, one)
            made.append(one)
        return made
