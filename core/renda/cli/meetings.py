"""``renda meetings``: the sittings of a district with their counts."""

from __future__ import annotations

import click

from renda.cli.base import Bench, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.services.meetings import STATES
from renda.services.meetings.listing import listed

HEADINGS = {
    "id": "编号",
    "day": "日期",
    "title": "会议",
    "label": "状态",
    "members": "应到",
    "came": "出席",
    "leave": "请假",
    "absent": "缺席",
    "needed": "法定人数",
}


@click.command(name="meetings", help="列出一个区县的会议和出席人数")
@click.argument("slug")
@as_json
@pass_bench
def meetings(bench: Bench, slug: str, *, as_json: bool) -> None:
    """The sittings, the newest first."""
    with bench.installation.reading(slug) as desk:
        rows = [{**each, "label": gettext(STATES[each["state"]])} for each in listed(desk)]
    tell(rows, HEADINGS, as_json=as_json)
