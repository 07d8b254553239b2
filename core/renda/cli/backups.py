"""``renda backup`` and ``renda restore``: a whole installation into a folder, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from renda.cli.base import Bench, Command, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.services import backups
from renda.settings import backup_places

_KEYS = {
    "shares": "密钥由监票人分持",
    "included": "密钥在备份里,持有备份的人能读到备份时已交的答卷",
    "left out": "密钥不在备份里",
}
_NOUNS = {"ballot": "表决", "questionnaire": "问卷"}


@click.command(cls=Command, help="备份:数据库、密钥 secret 和签名密钥、区县文件夹,写入 FOLDER 下的新文件夹;服务不必停")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--questionnaire-keys", is_flag=True, help="带上正在作答的问卷的密钥(持有备份的人能读到已交的答卷)")
@as_json
@pass_bench
def backup(bench: Bench, folder: Path, *, questionnaire_keys: bool, as_json: bool) -> None:
    """Back up, count the rows, name what was open."""
    now = datetime.now(UTC)
    places = backup_places(bench.settings)
    made = backups.create(places, folder, now=now, version=version("renda"), questionnaire_keys=questionnaire_keys)
    if as_json:
        tell(
            [{"folder": str(made.folder), "tables": made.manifest.tables, "open": made.manifest.open}], {}, as_json=True
        )
        return
    rows = sum(made.manifest.tables.values())
    click.echo(
        gettext(
            "已备份到 {folder}:{tables} 张表,{rows} 行,已核对。",
            folder=made.folder,
            tables=len(made.manifest.tables),
            rows=rows,
        )
    )
    for name in ("secret", "signing.key"):
        if f"keys/{name}" not in made.manifest.files:
            click.echo(gettext("提示:{name} 还没有生成,不在备份里。", name=name))
    _tell_open(made.manifest)


@click.command(cls=Command, help="恢复:把备份写入空的数据库,放回密钥和区县文件夹,核对行数,升级结构")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@pass_bench
def restore(bench: Bench, folder: Path) -> None:
    """Restore, count the rows, name what was open."""
    done = backups.restore(folder, backup_places(bench.settings))
    rows = sum(done.manifest.tables.values())
    tables = len(done.manifest.tables)
    click.echo(
        gettext(
            "已恢复 {at} 的备份:{tables} 张表,{rows} 行,与备份时一致。",
            at=done.manifest.made_at,
            tables=tables,
            rows=rows,
        )
    )
    if done.differing:
        said = "区县文件夹 {folder} 保持原样,有 {count} 个文件与备份不同:{files}。请核对。"
        files = "、".join(done.differing[:5])
        click.echo(gettext(said, folder=bench.settings.districts, count=len(done.differing), files=files))
    _tell_open(done.manifest)
    click.echo(gettext("请运行 renda check,再打开服务。"))


def _tell_open(manifest: backups.Manifest) -> None:
    for each in manifest.open:
        said = "备份时正在进行:{district} {noun} {number} “{title}”——{key}。"
        noun, key = gettext(_NOUNS[each.noun]), gettext(_KEYS[each.key])
        click.echo(gettext(said, district=each.district, noun=noun, number=each.number, title=each.title, key=key))
    if any(each.noun == "ballot" and each.key == "left out" for each in manifest.open):
        click.echo(gettext("表决的密钥从不进备份:若密钥文件夹也丢了,从这份备份恢复后这些表决须宣布作废,重新表决。"))
    if any(each.noun == "questionnaire" and each.key == "left out" for each in manifest.open):
        said = "问卷的密钥没有带上:若密钥文件夹也丢了,备份里的答卷打不开。要带上,请写 --questionnaire-keys。"
        click.echo(gettext(said))
