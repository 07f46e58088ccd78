"""One row in every table, whatever tables there are."""

from datetime import date
from typing import Any

from tortoise import Tortoise, fields
from tortoise.fields import Field
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from tests.store.cast import NOW

EXAMPLES: dict[type[Field[Any]], Any] = {
    fields.BinaryField: b"\0octets",
    fields.BooleanField: True,
    fields.DateField: date(2026, 12, 4),
    fields.DatetimeField: NOW,
    fields.FloatField: 0.5,
    fields.IntField: 1,
    fields.BigIntField: 2**40,
    fields.JSONField: {"is": "words"},
    fields.TextField: "words",
}


async def write_a_row_everywhere() -> None:
    written: dict[str, Model] = {}
    assert Tortoise.apps is not None
    for model in Tortoise.apps["store"].values():
        await _write(model, written)


async def _write(model: type[Model], written: dict[str, Model]) -> Model:
    if model.__name__ not in written:
        written[model.__name__] = await model.create(**await _values(model, written))
    return written[model.__name__]


async def _values(model: type[Model], written: dict[str, Model]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, field in model._meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance) and field.related_model is not model:
            values[name] = await _write(field.related_model, written)
        elif name in model._meta.db_fields and not field.generated and not field.reference:
            values[name] = _example(field)
    return values


def _example(field: Field[Any]) -> Any:
    if isinstance(field, fields.CharField):
        return "x" * min(field.max_length, 20)
    return EXAMPLES[type(field)]
