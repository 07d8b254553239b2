"""What the office fills in about a sitting; read like every form, checked by the services."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from renda import fields
from renda.errors import RendaError, declare
from renda.schema import Schema
from renda.services.desk import CHINA
from renda.services.meetings import Item
from renda.sittings import BODIES

declare({"web.hour": "开始时间应写成 09:00 的样子,现为“{value}”。"})

MATTER = "#"
_HOUR = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class Convening(Schema):
    """A sitting to be convened."""

    body = fields.Choice(dict(BODIES), required=True, label="会议")
    number = fields.Int(label="第几次会议", hint="没有次数的会议(如预备会议)请留空。")
    part = fields.Str(label="分会", hint="分几次开的会议,写明是哪一次,例如:第一次全体会议。")
    term = fields.Str(label="届次", hint="留空为本届。")
    day = fields.Date(required=True, label="日期")
    starts = fields.Str(label="开始时间", hint="二十四小时制,例如 09:00。可不写。")
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


def moment_of(day: date, text: str) -> datetime | None:
    """The moment a day's hour such as 09:00 is in China; None where none is given. Raises ``web.hour``."""
    given = text.strip().replace("\uff1a", ":")
    if not given:
        return None
    if not _HOUR.fullmatch(given):
        refusal = RendaError("web.hour", value=given)
        refusal.fields = {"starts": refusal.message}
        raise refusal
    return datetime.combine(day, time.fromisoformat(given.zfill(5)), CHINA)


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
