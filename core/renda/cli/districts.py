"""``renda districts``, ``renda plugins``, ``renda due``: what there is, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click

from renda.cli.base import FAILED, Bench, Command, Group, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.matter import SYSTEM
from renda.rulebook import installed, practice_class
from renda.services import accounts, diagrams, searching
from renda.services import districts as service
from renda.services.desk import Desk
from renda.services.imports import Progress, import_folder
from renda.services.plugins import described

DISTRICT_HEADINGS = {"slug": "代码", "name": "名称", "folder": "有文件夹", "row": "已登记"}


@click.group(cls=Group, help="区县:列出、登记、新建、导入表格")
def districts() -> None:
    """The districts of this installation."""


@districts.command(name="list", help="列出区县")
@as_json
@pass_bench
def list_districts(bench: Bench, *, as_json: bool) -> None:
    """All districts, by folder or by row."""
    tell(service.everyone(bench.installation), DISTRICT_HEADINGS, as_json=as_json)


@districts.command(help="按区县文件夹登记区县")
@pass_bench
def sync(bench: Bench) -> None:
    """Give each folder its row."""
    synced = service.sync(bench.installation)
    for slug in synced.new:
        click.echo(gettext("登记了 {slug}。", slug=slug))
    for mistake in synced.mistakes.values():
        click.echo(gettext("错误:{said}", said=str(mistake)), err=True)
    if synced.mistakes:
        click.get_current_context().exit(FAILED)
    click.echo(gettext("区县已与文件夹一致。"))


@districts.command(help="新建一个区县:文件夹、district.toml 和登记")
@click.argument("slug")
@click.argument("name")
@click.option("--term", default="第一届", show_default=True, help="届次")
@click.option("--from", "begins", type=click.DateTime(["%Y-%m-%d"]), help="本届起始日")
@pass_bench
def add(bench: Bench, slug: str, name: str, term: str, begins: datetime | None) -> None:
    """Make a district."""
    folder = service.add(bench.installation, slug, name, term, None if begins is None else begins.date())
    click.echo(gettext("已建立 {folder}。把各做法的 toml 放进去,再运行 renda check {slug}。", folder=folder, slug=slug))


@districts.command(name="import", help="导入区县的表格(默认 districts/<区县>/data):全部写入,或者一行也不写")
@click.argument("slug")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@pass_bench
def import_tables(bench: Bench, slug: str, folder: Path | None) -> None:
    """Import spreadsheets."""
    place = folder or bench.installation.rulebooks.root / slug / "data"
    with bench.installation.writing(slug) as desk:
        imported = import_folder(desk, place, report=_progress)
    if imported.repeated:
        click.echo(gettext("数据没有变化。"))
    else:
        said = "名册 {roster} 行,新办理 {acts} 件次。"
        click.echo(gettext(said, roster=imported.roster, acts=imported.acts))


@click.group(cls=Group, help="本机安装的插件")
def plugins() -> None:
    """The plugins of this machine."""


@plugins.command(name="list", help="列出插件")
@as_json
def list_plugins(*, as_json: bool) -> None:
    """All plugins, the broken ones with what is wrong."""
    headings = {"name": "插件", "title": "名称", "package": "来自", "mistake": "问题"}
    tell([described(name) for name in sorted(installed())], headings, as_json=as_json)


@plugins.command(help="一个插件:参数、事项、动作、它回答的问题")
@click.argument("name")
@as_json
def show(name: str, *, as_json: bool) -> None:
    """One plugin."""
    plugin = described(name, strict=True)
    if as_json:
        tell([plugin], {}, as_json=True)
        return
    click.echo(f"{plugin.title}  ({plugin.name}, {plugin.package})\n{plugin.about}\n")
    tell(plugin.params, {"name": "参数", "label": "名称", "sort": "类型", "required": "必填"}, as_json=False)
    click.echo()
    headings = {"kind": "事项", "name": "动作", "label": "名称", "by": "由谁", "when": "何时", "then": "之后"}
    tell(plugin.actions, headings, as_json=False)
    click.echo("\n" + gettext("回答的问题:{hooks}", hooks="、".join(plugin.hooks) or "—"))


@plugins.command(help="状态图(Mermaid)")
@click.argument("name")
def diagram(name: str) -> None:
    """The state diagrams of a plugin."""
    described(name, strict=True)
    click.echo(diagrams.diagram(practice_class(name)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of ``renda due``."""

    number: int
    title: str
    practice: str
    state: str
    waits_for: str | None
    due_on: str | None
    overdue: int


@click.command(cls=Command, help="等着办的事项,最早到期的在前")
@click.argument("slug")
@click.option("--for", "keys", multiple=True, help="只列等这些的,可写多次:role:clerk、person:编号、organ:编号,或登录名")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="只列这一天及以前到期的")
@click.option("--limit", type=click.IntRange(1, searching.MOST), default=50, show_default=True, help="最多列几件")
@as_json
@pass_bench
def due(bench: Bench, slug: str, keys: tuple[str, ...], until: datetime | None, limit: int, *, as_json: bool) -> None:
    """What waits, for whom and until when; ``overdue`` in days, 0 where it is not."""
    with bench.installation.reading(slug) as desk:
        wanted = searching.Wanted(
            waiting=True,
            waits_for=[key for each in keys for key in _keys(desk, each)],
            due_until=None if until is None else until.date(),
        )
        rows = [
            Waiting(
                each.row.id,
                each.row.title,
                each.row.practice,
                each.row.state,
                each.row.waits_for,
                None if each.row.due_on is None else each.row.due_on.isoformat(),
                0 if each.row.due_on is None else max(0, (desk.day - each.row.due_on).days),
            )
            for each in searching.due(desk, SYSTEM, wanted, limit=limit).lines
        ]
    headings = {
        "due_on": "期限",
        "overdue": "逾期(天)",
        "number": "编号",
        "title": "事项",
        "practice": "做法",
        "waits_for": "等谁",
    }
    # A nought in every line would hide the days that matter.
    told = rows if as_json else [{**asdict(row), "overdue": row.overdue or ""} for row in rows]
    tell(told, headings, as_json=as_json)


def _keys(desk: Desk, said: str) -> Sequence[str]:
    """What matters wait for when they wait for this: the key itself, or all that an account stands for."""
    return [said] if ":" in said else accounts.actor_of(accounts.find(desk, said)).keys()


def _progress(progress: Progress) -> None:
    if progress.done == progress.total or progress.done % 500 == 0:
        click.echo(f"{progress.stage} {progress.done}/{progress.total}", err=True)
