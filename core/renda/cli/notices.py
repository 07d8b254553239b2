"""``renda notices``: the documents of a district, and one of them for Word."""

from __future__ import annotations

from pathlib import Path

import click

from renda.cli.base import Bench, Command, as_json, pass_bench, tell
from renda.documents import notices as papers
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.matter import SYSTEM
from renda.model import NoticeRow
from renda.services import notices as service

declare({"notices.which": "请写明是哪一份文件:renda notices {slug} 编号 --docx 文件。"})

HEADINGS = {
    "id": "编号",
    "number": "发文字号",
    "genre": "文种",
    "title": "标题",
    "to": "主送",
    "issued_on": "成文日期",
    "sent_on": "发出日期",
}


@click.command(cls=Command, help="发文:列出,查看一份,或存为 Word 文件")
@click.argument("slug")
@click.argument("number", required=False, type=int)
@click.option("--docx", "file", type=click.Path(dir_okay=False, path_type=Path), help="把这一份存为公文(docx)")
@click.option("--genre", default="", help="只列这一文种")
@click.option("--unsent", is_flag=True, help="只列还没有发出的")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="最多列几份")
@as_json
@pass_bench
def notices(  # noqa: PLR0917
    bench: Bench,
    slug: str,
    number: int | None,
    file: Path | None,
    genre: str,
    limit: int,
    *,
    unsent: bool,
    as_json: bool,
) -> None:
    """Documents that were issued."""
    with bench.installation.reading(slug) as desk:
        if number is None:
            if file is not None:
                raise RendaError("notices.which", slug=slug)
            wanted = service.Wanted(genre=genre, sent=False if unsent else None)
            portion = service.listed(desk, SYSTEM, wanted, size=limit)
            tell(
                [_told(row) | {"sent_on": portion.sent_on.get(row.id)} for row in portion.rows],
                HEADINGS,
                as_json=as_json,
            )
            return
        row = service.find(desk, SYSTEM, number)
        if file is not None:
            file.write_bytes(papers.as_docx(row, desk.rulebook.letterheads))
            click.echo(gettext("已写入 {file}。", file=file))
            return
        told = _told(row) | {"paragraphs": list(row.paragraphs), "copies": list(row.copies)}
        sent = [
            {"recipient": each.recipient, "channel": gettext(service.CHANNELS[each.channel]), "sent_on": each.sent_on}
            for each in service.sendings(desk, number)
        ]
        if as_json:
            tell([told | {"sent": sent}], {}, as_json=True)
            return
        click.echo("\n".join([f"{row.genre} {row.number}", row.title, "", *row.paragraphs, ""]))
        tell(sent, {"recipient": "收文单位", "channel": "方式", "sent_on": "发出日期"}, as_json=False)


def _told(row: NoticeRow) -> dict[str, object]:
    return {
        "id": row.id,
        "number": row.number,
        "genre": gettext(row.genre),
        "title": row.title,
        "to": list(row.recipients),
        "issued_on": row.issued_on,
        "matter": row.matter_id,
        "public": row.public,
    }
