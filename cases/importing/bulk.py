"""Very many rows in one table, without the work that Django does for each value of each row."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose keys nobody needs to know. `names`: fields, all that have no value of their own in the database.

    Five times as fast as `bulk_create`, which gives objects their keys and refuses models with a parent.
    """
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    prepare = [field.get_db_prep_save for field in fields]
    values = [[to_database(value, connection) for to_database, value in zip(prepare, row, strict=True)] for row in rows]
    if values:
        with connection.cursor() as cursor:
            # Only names of our own tables and columns are in the statement; the values go beside it.
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", values)  # noqa: S608


def insert_objects(model: type[models.Model], objects: Iterable[Any], names: Sequence[str]) -> None:
    """The same for what these objects hold."""
    attributes = [field.attname for field in _fields(model, names)]
    insert_many(model, names, ([getattr(one, name) for name in attributes] for one in objects))


def _fields(model: type[models.Model], names: Sequence[str]) -> "list[models.Field[Any, Any]]":
    by_name = {field.name: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]
