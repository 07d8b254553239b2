"""``renda archive``: the signed archive of a sitting, for everybody to check."""

from __future__ import annotations

from pathlib import Path

import click

from renda.cli.base import Bench, Command, pass_bench
from renda.i18n import gettext
from renda.services import anchors, archives
from renda.settings import anchor_file, signer


@click.command(cls=Command, help="生成一次会议的存档:哈希相连并签名,任何人可离线核对(tools/verify_archive.py)")
@click.argument("slug")
@click.argument("meeting", type=int)
@click.option("--into", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个文件")
@pass_bench
def archive(bench: Bench, slug: str, meeting: int, file: Path) -> None:
    """Write the archive and name the key it is signed with."""
    signing = signer(bench.settings)
    with bench.installation.reading(slug) as desk:
        text = archives.archive(desk, meeting, signing)
    anchors.append(bench.installation, signing, anchor_file(bench.settings), slugs=[slug], news_of=[anchors.AUDIT])
    file.write_text(text, "utf-8")
    click.echo(gettext("已写入 {file}。签名公钥:{key}", file=str(file), key=signing.public.hex()))
