"""``renda anchor``: the heads of all logs, signed and written outside of the database."""

from __future__ import annotations

import click

from renda.cli.base import Bench, Command, pass_bench
from renda.i18n import gettext
from renda.services import anchors
from renda.settings import anchor_file, signer, time_stamper


@click.command(cls=Command, help="锚定:把各区县记录的末端签名后写到数据库之外(RENDA_ANCHOR_FILE),每天由主机定时运行")
@pass_bench
def anchor(bench: Bench) -> None:
    """Add a line to the file of anchors."""
    settings = bench.settings
    file = anchor_file(settings)
    stamper = time_stamper(settings)
    made = anchors.append(bench.installation, signer(settings), file, stamper=stamper)
    if made is None:
        return
    said = gettext(
        "已锚定 {count} 个区县,{file} 第 {line} 行。", count=len(made.districts), file=file, line=made.number
    )
    if made.stamped is not None:
        said += gettext("时间戳:{at}。", at=f"{made.stamped:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(said)
