"""``renda calendar``: the host's own days off and worked, and the years whose notice is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from renda.cli.base import Bench, Command, Group, as_json, pass_bench, tell
from renda.cli.rules import DAY, OPERATOR
from renda.errors import RendaError
from renda.i18n import gettext
from renda.services import calendar_changes as changes
from renda.services.desk import CHINA

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=Group, help="工作日历:放假和调休,各区县共用;改动后重新计算未办结事项的期限")
def calendar() -> None:
    """The calendar of all districts."""


@calendar.command(cls=Command, name="import", help="导入一年的放假安排(列:日期、上班、依据),所含年份即算已公布")
@click.argument("file", type=FILE)
@click.option("--source", default="", help="依据,用于没有写依据的行,例如通知的文号")
@pass_bench
def import_calendar(bench: Bench, file: Path, source: str) -> None:
    """Keep the days of a notice."""
    entries = changes.read_entries(file, source)
    announced = {entry.day.year: entry.source for entry in entries}
    moved = changes.change_calendar(bench.installation, OPERATOR, entries, announced)
    _tell_moved(moved)
    years = "、".join(str(year) for year in sorted(announced))
    click.echo(gettext("已登记 {count} 天;{years} 年的安排算作已公布。", count=len(entries), years=years))


@calendar.command(cls=Command, name="set", help="登记单独的一天上班或放假(例如台风停工),不改变该年是否已公布")
@click.argument("day", type=DAY)
@click.argument("what", type=click.Choice(["working", "off"]))
@click.option("--source", required=True, help="依据")
@pass_bench
def set_day(bench: Bench, day: datetime, what: str, source: str) -> None:
    """Keep one day."""
    changes.check_source(source)
    entry = changes.CalendarEntry(day.date(), what == "working", source)
    _tell_moved(changes.change_calendar(bench.installation, OPERATOR, [entry], {}))
    click.echo(gettext("已登记 {count} 天。", count=1))


@calendar.command(cls=Command, name="list", help="列出登记过的日子")
@click.argument("year", type=click.IntRange(1900, 2199), required=False)
@as_json
@pass_bench
def list_days(bench: Bench, year: int | None, *, as_json: bool) -> None:
    """List the host's own days of a year."""
    asked = year or bench.installation.clock().astimezone(CHINA).year
    headings = {"day": "日期", "working": "上班", "source": "依据"}
    tell(changes.listed(bench.installation, asked), headings, as_json=as_json)
    if not as_json and not bench.installation.calendar().is_announced(asked):
        click.echo(gettext("{year} 年的放假安排尚未公布。", year=asked))


def _tell_moved(moved: Iterable[changes.MovedDeadline | RendaError]) -> None:
    for each in moved:
        if isinstance(each, RendaError):
            click.echo(str(each), err=True)
            continue
        before, after = each.before or "—", each.after or "—"
        said = gettext("{district} {number} {title}:期限由 {before} 改为 {after}", district=each.district,
                       number=each.matter, title=each.title, before=before, after=after)  # fmt: skip
        click.echo(said)
