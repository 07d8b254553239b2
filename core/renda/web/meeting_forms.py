"""What the office fills in about a sitting; read like every form, checked by the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda import fields
from renda.schema import Schema
from renda.services.meetings import Item
from renda.sittings import BODIES

MATTER = "#"


class Convening(Schema):
    """A sitting to be convened."""

    body = fields.Choice(dict(BODIES), required=True, label="会议")
    number = fields.Int(label="第几次会议", hint="没有次数的会议(如预备会议)请留空。")
    part = fields.Str(label="分会", hint="分几次开的会议,写明是哪一次,例如:第一次全体会议。")
    term = fields.Str(label="届次", hint="留空为本届。")
    day = fields.Date(required=True, label="日期")
    place = fields.Str(label="地点")
    agenda = fields.Text(label="议程", hint="一行一项。与某个事项有关的,在行末写 # 和事项编号,例如:听取专项报告 #12。")


class Agenda(Schema):
    """Another agenda."""

    agenda = fields.Text(label="议程", hint="一行一项。与某个事项有关的,在行末写 # 和事项编号,例如:听取专项报告 #12。")


class Away(Schema):
    """Somebody is on leave."""

    person = fields.Person(required=True, label="人员")
    reason = fields.Str(required=True, label="事由")


class Gone(Schema):
    """Somebody left, or did not come."""

    person = fields.Person(required=True, label="人员")
    reason = fields.Str(label="事由")


class Somebody(Schema):
    """One person."""

    person = fields.Person(required=True, label="人员")


class Bare(Schema):
    """Nothing to fill in."""


def items_of(text: str) -> list[Item]:
    """The agenda from lines of text; ``#12`` at the end of a line names the matter."""
    found = []
    for line in text.splitlines():
        title, sign, number = line.strip().rpartition(MATTER)
        if sign and title.strip() and number.isascii() and number.isdigit() and len(number) < 19:
            found.append(Item(title.strip(), int(number)))
        elif line.strip():
            found.append(Item(line.strip()))
    return found


def text_of(agenda: Sequence[Mapping[str, Any]]) -> str:
    """The agenda as lines of text, the way ``items_of`` reads them."""
    lines = [item["title"] + (f" {MATTER}{item['matter']}" if item["matter"] else "") for item in agenda]
    return "\n".join(lines)


def read(schema: type[Schema], entries: Mapping[str, Any], exists: Any) -> dict[str, Any]:
    """A form's exact values; raises ``form.invalid``."""
    made = schema()
    made.exists = exists
    return made.read(entries)
