"""The command line: ``renda``. What a command does is in ``renda.services``; here it is asked for and told."""

from __future__ import annotations

import os
from pathlib import Path

import click

from renda.cli import (
    anchors,
    archives,
    audit,
    authoring,
    backups,
    calendar,
    districts,
    draw,
    keys,
    meetings,
    notices,
    people,
    questionnaires,
    reminders,
    rules,
    running,
    tables,
)
from renda.cli.base import Bench, Door
from renda.environment import load_file
from renda.i18n import LOCALES

__all__ = ["main"]


@click.group(cls=Door, help="人大监督工作平台")
@click.option("--lang", type=click.Choice(list(LOCALES)), help="语言;不写则看环境变量 LANG")
@click.option("--env", "file", type=click.Path(dir_okay=False, path_type=Path), help="先读这个设置文件(每行 名字=值)")
@click.version_option(package_name="renda", help="版本")
@click.pass_context
def main(context: click.Context, lang: str | None, file: Path | None) -> None:
    """Everything an operator does from a terminal."""
    del lang
    if file is not None:
        load_file(file, os.environ)
    bench = Bench()
    context.obj = bench
    context.call_on_close(bench.close)


for command in (
    running.demo,
    running.serve,
    running.db,
    districts.districts,
    districts.plugins,
    districts.due,
    tables.import_table,
    tables.export,
    tables.template,
    rules.check,
    calendar.calendar,
    rules.rules,
    rules.rescore,
    rules.replay,
    rules.repin,
    meetings.meetings,
    notices.notices,
    questionnaires.questionnaires,
    reminders.remind,
    people.account,
    people.token,
    archives.archive,
    anchors.anchor,
    backups.backup,
    backups.restore,
    audit.audit,
    draw.draw,
    keys.keys,
    authoring.new_plugin,
    authoring.features,
    authoring.docs,
):
    main.add_command(command)
