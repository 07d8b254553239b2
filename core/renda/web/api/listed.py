"""What each list of the API answers, as JSON Schema: closed objects, every name required.

Written from ``lists``, ``matters``, ``meetings``, ``ballots`` and ``told``; the tests hold real answers against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renda.services.tables import SORTS

TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}
TRUE = {"type": "boolean"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
ANYTHING = {"type": "object"}


def list_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the answer of the list ``name``; of the district itself for the empty name."""
    if not name:
        return _district()
    beside = {"since": DAY, "until": DAY} if name == "sheets" else {}
    return _closed({"items": _list({"$ref": f"#/components/schemas/{_NAMES[name]}"}), "next": _or_null(TEXT), **beside})


def components() -> Mapping[str, dict[str, Any]]:
    """The schemas of the items, by the names ``list_schema`` refers to them by."""
    return {
        "MatterSummary": _matter(),
        "Sitting": _sitting(),
        "BallotStanding": _ballot(),
        "Person": _person(),
        "OrganListed": _closed(
            {"id": NUMBER, **_texts("code", "name", "sort"), "since": _or_null(DAY), "until": _or_null(DAY)}
        ),
        "ProjectListed": _project(),
        "Practice": _practice(),
        "Sheet": {"anyOf": [_sheet(), _closed(_texts("practice", "failure", "code"))]},
        "Event": _event(),
        "Notice": _notice(),
        "Table": _table(),
    }


_NAMES = {
    "matters": "MatterSummary",
    "due": "MatterSummary",
    "meetings": "Sitting",
    "ballots": "BallotStanding",
    "people": "Person",
    "organs": "OrganListed",
    "projects": "ProjectListed",
    "practices": "Practice",
    "sheets": "Sheet",
    "events": "Event",
    "notices": "Notice",
    "tables": "Table",
}


def _district() -> dict[str, Any]:
    account = _closed({"name": TEXT, "roles": _list(TEXT), "scopes": _list(TEXT)})
    said = _texts("slug", "name", "full_name", "term")
    return _closed({**said, "day": DAY, "account": account, "links": _open(TEXT)})


def _matter() -> dict[str, Any]:
    texts = _texts("href", "practice", "kind", "kind_title", "state", "state_label", "title")
    numbers = {"id": NUMBER, "parent": _or_null(NUMBER), "version": NUMBER, "waits_for": _or_null(TEXT)}
    return _closed({**texts, **numbers, "ended": TRUE, "opened_on": DAY, "due_on": _or_null(DAY)})


def _sitting() -> dict[str, Any]:
    counts = ("members", "present", "left", "leave", "absent", "expected", "late", "sitting_in", "needed")
    presence = _closed({**dict.fromkeys(counts, NUMBER), "enough": TRUE, **_texts("sum", "source")})
    agenda = _closed({"title": TEXT, "matter": _or_null(NUMBER)})
    return _closed(
        {
            "id": NUMBER,
            **_texts("body", "term", "part", "title", "place", "state", "label", "href"),
            "number": _or_null(NUMBER),
            "day": DAY,
            "opened_at": _or_null(MOMENT),
            "closed_at": _or_null(MOMENT),
            "published_at": _or_null(MOMENT),
            "agenda": _list(agenda),
            "presence": presence,
        }
    )


def _ballot() -> dict[str, Any]:
    texts = _texts("question", "bench", "practice", "state", "label", "href")
    numbers = dict.fromkeys(("id", "round", "issued", "voted", "by_paper"), NUMBER)
    return _closed({**texts, **numbers, "meeting": _or_null(NUMBER)})


def _person() -> dict[str, Any]:
    post = _closed({"post": TEXT, "organ": _closed({"id": NUMBER, "name": TEXT}), "head": TRUE, "since": DAY})
    mandate = _closed({"constituency": TEXT, "delegation": TEXT, "committee_member": TRUE, "since": DAY})
    return _closed({"id": NUMBER, "code": TEXT, "name": TEXT, "posts": _list(post), "mandate": _or_null(mandate)})


def _project() -> dict[str, Any]:
    organ = _closed({"noun": TEXT, "id": NUMBER, "name": TEXT})
    return _closed(
        {
            "id": NUMBER,
            **_texts("code", "name", "stage"),
            "organ": _or_null(organ),
            "year": {"type": "integer"},
            "budget": _or_null(TEXT),
            "due_on": _or_null(DAY),
        }
    )


def _practice() -> dict[str, Any]:
    kind = _closed(
        {
            **_texts("code", "title"),
            "within": _or_null(TEXT),
            "states": _open(TEXT),
            "ends": _list(TEXT),
            "payload": ANYTHING,
        }
    )
    opening = _closed(
        {
            **_texts("name", "label", "kind", "by", "source", "method", "href"),
            "awaited": TRUE,
            "refusal": _or_null(TEXT),
            "form": ANYTHING,
        }
    )
    texts = _texts("code", "title", "plugin", "source", "digest")
    return _closed({**texts, "effective": DAY, "kinds": _list(kind), "openings": _list(opening)})


def _sheet() -> dict[str, Any]:
    step = _closed(
        {
            "depth": NUMBER,
            **_texts("op", "label", "shown", "formula"),
            "cites": _list(ANYTHING),
            "taken": {},
        }
    )
    figure = _closed({**_texts("shown", "sentence"), "outline": _list(step), "explained": ANYTHING})
    return _closed(
        {
            **_texts("practice", "code", "title"),
            "public": TRUE,
            "columns": _list(TEXT),
            "rows": _list(_list({})),
            "figures": _list(figure),
        }
    )


def _table() -> dict[str, Any]:
    column = {**_texts("code", "label", "hint", "note"), "required": TRUE, "sort": {"enum": list(SORTS)}}
    column |= {"allowed": _or_null(_list(TEXT)), "most": _or_null(NUMBER)}
    matters = _or_null(_list(_closed({"id": NUMBER, "title": TEXT})))
    texts = _texts("name", "title", "about", "href")
    return _closed({**texts, "practice": _or_null(TEXT), "columns": _list(_closed(column)), "matters": matters})


def _event() -> dict[str, Any]:
    return _closed(
        {
            "number": NUMBER,
            "at": MOMENT,
            "day": DAY,
            **_texts("actor", "practice", "action", "label", "went_to", "previous", "digest"),
            "matter": _or_null(NUMBER),
            "came_from": _or_null(TEXT),
            "entries": ANYTHING,
            "rules_effective": _or_null(DAY),
        }
    )


def _notice() -> dict[str, Any]:
    return _closed(
        {
            "id": NUMBER,
            **_texts("number", "genre", "issuer", "title"),
            **dict.fromkeys(("paragraphs", "to", "copies"), _list(TEXT)),
            "attachments": _list(ANYTHING),
            "issued_on": DAY,
            "matter": _or_null(NUMBER),
            "public": TRUE,
        }
    )


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, TEXT)


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}


def _open(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": dict(values)}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    if schema["type"] == "object":
        return {"anyOf": [dict(schema), {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    names = list(properties)
    return {"type": "object", "properties": dict(properties), "required": names, "additionalProperties": False}
