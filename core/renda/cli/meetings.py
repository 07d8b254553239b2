"""``renda meetings``: the sittings of a district with their counts."""

from __future__ import annotations

import click

from renda.cli.base import Bench, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.matter import SYSTEM
from renda.services.meetings import STATES, finding, publication
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


@click.command(name="meetings", help="列出一个区县的会议和出席人数;--publish 先把一次会议向社会公布")
@click.argument("slug")
@click.option("--publish", "published", type=int, metavar="编号", help="向社会公布这次会议:任何人从此可以下载它的存档")
@as_json
@pass_bench
def meetings(bench: Bench, slug: str, published: int | None, *, as_json: bool) -> None:
    """The sittings, the newest first; one is published to the world first where it is asked for."""
    if published is not None:
        with bench.installation.writing(slug) as desk:
            publication.publish(desk, SYSTEM, published)
            click.echo(gettext("已向社会公布“{title}”。", title=finding.find(desk, published).title), err=True)
    with bench.installation.reading(slug) as desk:
        rows = [{**each, "label": gettext(STATES[each["state"]])} for each in listed(desk)]
    tell(rows, HEADINGS, as_json=as_json)
