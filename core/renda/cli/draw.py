"""``renda draw``: lots checked by anybody, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from renda import drawing
from renda.cli.base import Command, Group, as_json, tell
from renda.errors import RendaError, declare
from renda.i18n import gettext

declare({"drawing.unreadable": "{file} 不是抽签记录:{reason}。请用公布的原文件。"})


@click.group(cls=Group, help="抽签:核对公布的抽签记录")
def draw() -> None:
    """Lots."""


@draw.command("verify", cls=Command, help="核对抽签记录:名单、承诺、种子、次序、抽中的人;不用数据库")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def verify(file: Path, *, as_json: bool) -> None:
    """Check a transcript and print who was drawn."""
    try:
        record = json.loads(file.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RendaError("drawing.unreadable", file=file.name, reason=str(error)) from error
    if not isinstance(record, dict):
        raise RendaError("drawing.unreadable", file=file.name, reason=type(record).__name__)
    drawn = drawing.verify(record)
    rows = [{"place": place, "code": each.code, "name": each.name} for place, each in enumerate(drawn, 1)]
    tell(rows, {"place": "次序", "code": "代码", "name": "姓名"}, as_json=as_json)
    if not as_json:
        click.echo(gettext("抽签记录核对无误:名单 {listed} 人,抽中 {drawn} 人。",
                           listed=len(record["entrants"]), drawn=len(drawn)))  # fmt: skip
