"""``renda questionnaires``: what citizens were asked, and the count of what is over."""

from __future__ import annotations

import click

from renda.cli.base import Bench, Command, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.matter import SYSTEM
from renda.services.questionnaires import counting, finding
from renda.settings import ballot_keys

HEADINGS = {
    "id": "编号",
    "title": "问卷",
    "label": "状态",
    "since": "开始",
    "until": "截止",
    "answered": "收到份数",
}


@click.command(cls=Command, help="列出一个区县的问卷;--count 先统计已经截止的")
@click.argument("slug")
@click.option("--count", "counting_due", is_flag=True, help="统计所有已经截止、还没有统计的问卷,适合每天定时运行")
@as_json
@pass_bench
def questionnaires(bench: Bench, slug: str, *, counting_due: bool, as_json: bool) -> None:
    """The questionnaires, the newest first; those that are over are counted first where it is asked for."""
    if counting_due:
        with bench.installation.writing(slug) as desk:
            over = [row.id for row in finding.listed(desk, SYSTEM) if row.state == "open" and row.until_on < desk.day]
        for number in reversed(over):
            with bench.installation.writing(slug) as desk:
                row = counting.count(desk, SYSTEM, number, keys=ballot_keys(bench.settings))
                click.echo(gettext("已统计“{title}”。", title=row.title), err=True)
    with bench.installation.reading(slug) as desk:
        rows = [
            {
                "id": row.id,
                "title": row.title,
                "state": row.state,
                "label": gettext(finding.STATES[row.state]),
                "since": row.since_on,
                "until": row.until_on,
                "answered": finding.answered(desk, row),
            }
            for row in finding.listed(desk, SYSTEM)
        ]
    tell(rows, HEADINGS, as_json=as_json)
