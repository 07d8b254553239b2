"""Forms and payloads as JSON Schema, with what may be chosen under the parameters in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from renda import fields
from renda.deadlines import Unit
from renda.fields.bounds import FIRST_DAY, LAST_DAY
from renda.i18n import gettext
from renda.kinds import Action
from renda.practice import Practice

OPENAPI = "3.1.0"
DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"


def form_schema(practice: Practice, action: Action) -> dict[str, Any]:
    """The JSON Schema of an action's form under the practice's parameters."""
    if action.form is None:
        return {"type": "object", "properties": {}, "additionalProperties": False}
    return _closed(converter(practice).schema2jsonschema(practice.schema(action.form)))


def payload_schema(practice: Practice, kind: str) -> dict[str, Any]:
    """The JSON Schema of what a kind of matter holds; nothing is required, since it comes form by form."""
    said = converter(practice).schema2jsonschema(practice.schema(practice.kind(kind).payload))
    return {"type": "object", "properties": said.get("properties", {}), "additionalProperties": False}


def params_schema(practice: type[Practice]) -> dict[str, Any]:
    """The JSON Schema of a district's numbers."""
    return _closed(converter(None).schema2jsonschema(practice.Params()))


def converter(practice: Practice | None) -> Any:
    """Apispec's converter, told about our own kinds of entries; without names, so that groups stay in place."""
    plugin = MarshmallowPlugin(schema_name_resolver=lambda schema: "")
    APISpec(title="", version="", openapi_version=OPENAPI, plugins=[plugin])
    converter: Any = plugin.converter
    params = None if practice is None else practice.params

    def described(_: Any, field: Any, **options: Any) -> dict[str, Any]:
        return _described(field, params)

    converter.add_attribute_function(described)
    return converter


def _described(field: marshmallow.fields.Field[Any], params: Any) -> dict[str, Any]:
    said = _told(field.metadata)
    if isinstance(field, fields.Decimal):
        said |= {"type": "string", "pattern": DECIMAL}
        said.pop("format", None)
    elif isinstance(field, fields.Span):
        said |= _span()
    elif isinstance(field, fields.Choice):
        allowed = _allowed(field, params)
        if allowed:
            said["enum"] = list(allowed)
            said["x-labels"] = {code: gettext(label) for code, label in allowed.items()}
    elif isinstance(field, fields.Year):
        said |= {"minimum": FIRST_DAY.year, "maximum": LAST_DAY.year}
    elif isinstance(field, fields.Reference):
        said |= {"minimum": 1, "x-noun": field.noun}
    elif isinstance(field, fields.Dict):
        said |= _keys(field, params)
    return said


def _told(metadata: Mapping[Any, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if metadata.get("label"):
        said["title"] = gettext(str(metadata["label"]))
    if metadata.get("hint"):
        said["description"] = gettext(str(metadata["hint"]))
    if metadata.get("relation"):
        said["x-relation"] = str(metadata["relation"])
    return said


def _allowed(field: fields.Choice, params: Any) -> Mapping[str, str]:
    if field.of and not hasattr(params, field.of):
        return {}
    return field.allowed(params)


def _keys(field: fields.Dict, params: Any) -> dict[str, Any]:
    key = field.key_field
    allowed = _allowed(key, params) if isinstance(key, fields.Choice) else {}
    return {"propertyNames": {"enum": list(allowed)}} if allowed else {}


def _span() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "minimum": 1},
            "unit": {"type": "string", "enum": [unit.value for unit in Unit]},
        },
        "required": ["n", "unit"],
    }


def _closed(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", **said, "additionalProperties": False}
