"""``renda import``, ``renda export``, ``renda template``: tables that people fill in and bring."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from renda.cli.base import FAILED, Bench, Command, as_json, pass_bench, tell
from renda.cli.rules import OPERATOR
from renda.documents import marked as marking
from renda.documents import templates
from renda.documents.spreadsheets import written
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import Actor
from renda.services import accounts, tables
from renda.services.desk import Desk
from renda.services.imports.tables import ImportBrokenError

declare(
    {
        "tables.marked_there": "{file} 已经存在。请另起一个文件名,免得写掉别的内容。",
        "tables.not_marked": "{file} 里找不到这张表,或内容太多,没有写出标出错误的文件。",
    }
)

FILE = click.Path(dir_okay=False, path_type=Path)
as_login = click.option("--as", "login", help="以哪个账号办理(登录名);名册的表可以不写")
on_matter = click.option("--matter", type=int, help="给哪一件事项(编号),只用于由一个动作收下的整张表")


@click.command(cls=Command, name="import", help="导入一张表(csv、xlsx):全部写入,或者一行也不写;可以重复")
@click.argument("slug")
@click.argument("table", required=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只试,不写入;列出每一处错误")
@click.option("--marked", type=FILE, help="有错时把标出错误的表格写到这个文件(与导入的文件同为 xlsx 或 csv)")
@as_login
@on_matter
@as_json
@pass_bench
def import_table(  # noqa: PLR0917
    bench: Bench,
    slug: str,
    table: str | None,
    file: Path | None,
    login: str | None,
    matter: int | None,
    *,
    marked: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import one table; without one, list those there are."""
    with bench.installation.reading(slug) as desk:
        actor = _actor(desk, login)
        if table is None or file is None:
            headings = {"name": "表", "title": "名称", "practice": "制度"}
            tell(tables.listed(desk, actor), headings, as_json=as_json)
            return
        found = tables.find(desk, actor, table, matter=matter)
        _check_free(marked)
    done: tables.Brought | None = None
    try:
        for each in tables.bring(bench.installation, slug, actor, table, file, matter=matter, trial=dry_run):
            if isinstance(each, tables.Brought):
                done = each
            elif not as_json:
                _show(each)
    except ImportBrokenError as error:
        _write_marked(found, file, error, marked)
        if not as_json:
            raise
        tell(error.mistakes.found, {}, as_json=True)
        click.get_current_context().exit(FAILED)
    if done is not None:
        _tell(done, as_json=as_json)


def _tell(done: tables.Brought, *, as_json: bool) -> None:
    if as_json:
        tell([done], {}, as_json=True)
        return
    for change in done.changes:
        before, after = change.before or "—", change.after or gettext("(清空)")
        place = {"line": change.line, "what": change.what, "column": change.column}
        click.echo(gettext("第 {line} 行 {what} {column}:{before} → {after}", **place, before=before, after=after))
    said = "试导入:新增 {added} 行,更改 {changed} 行,不变 {same} 行;没有写入。" if done.trial else None
    said = said or "已导入:新增 {added} 行,更改 {changed} 行,不变 {same} 行。"
    click.echo(gettext(said, added=done.added, changed=done.changed, same=done.same))


def _check_free(place: Path | None) -> None:
    if place is not None and place.exists():
        raise RendaError("tables.marked_there", file=str(place))


def _write_marked(table: tables.Table, file: Path, error: ImportBrokenError, place: Path | None) -> None:
    if place is None:
        return
    back = marking.marked(table, file, file.name, error.mistakes.found)
    said = RendaError("tables.not_marked", file=str(file)).message
    if back is not None:
        place.write_bytes(back.content)
        said = gettext("已写入 {file}。", file=str(place))
    click.echo(said, err=True)


@click.command(cls=Command, help="导出一张表(csv、xlsx),与导入的形状相同")
@click.argument("slug")
@click.argument("table")
@click.argument("file", type=FILE)
@as_login
@on_matter
@pass_bench
def export(  # noqa: PLR0917
    bench: Bench, slug: str, table: str, file: Path, login: str | None, matter: int | None
) -> None:
    """Write a table."""
    with bench.installation.reading(slug) as desk:
        actor = _actor(desk, login)
        found = tables.find(desk, actor, table, matter=matter)
        rows = found.rows(desk, actor)
        with written(file.suffix.removeprefix("."), found.headings(), rows, title=found.title) as kept:
            file.write_bytes(kept.read())
    click.echo(gettext("已写入 {file}。", file=str(file)))


@click.command(cls=Command, help="一张表的模板(csv、xlsx):表头;xlsx 里还有下拉选项和说明")
@click.argument("slug")
@click.argument("table")
@click.argument("file", type=FILE)
@as_login
@pass_bench
def template(bench: Bench, slug: str, table: str, file: Path, login: str | None) -> None:
    """Write a template."""
    with bench.installation.reading(slug) as desk:
        found = tables.find(desk, _actor(desk, login), table)
        with templates.template(found, file.suffix.removeprefix(".")) as kept:
            file.write_bytes(kept.read())
    click.echo(gettext("已写入 {file}。", file=str(file)))


def _actor(desk: Desk, login: str | None) -> Actor:
    if login is None:
        return OPERATOR
    row = accounts.find(desk, login)
    if row.disabled:
        raise RendaError("account.unknown", login=login)
    return accounts.actor_of(row)


def _show(progress: tables.Progress) -> None:
    line = f"{progress.done}/{progress.total}"
    last = progress.done == progress.total
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{line}", nl=last, err=True)
    elif last or progress.done % 2000 == 0:
        click.echo(line, err=True)
