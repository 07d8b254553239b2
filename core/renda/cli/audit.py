"""``renda audit secrecy``: attacks on a closed ballot's secrecy, against the live database."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import click
from sqlalchemy import select, text

from renda.cli.base import Bench, Command, Group, as_json, pass_bench, tell
from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.model import PersonRow
from renda.services import ballots, secrecy
from renda.services.desk import Desk
from renda.settings import owner_address
from renda.store import make_engine

LEAKING = 1
WORDS = {secrecy.LEAKS: "泄露", secrecy.SAFE: "未优于猜测", secrecy.UNTRIED: "未试"}

declare(
    {
        "audit.not_secret": "第 {number} 号表决是记名的,没有秘密可查。",
        "audit.known_row": "{file} 第 {line} 行应为“人员代码,票面JSON”,且人员代码须存在。请更正。",
    }
)
declare({"audit.not_closed": "第 {number} 号表决还没有计票。请在计票之后再查。"}, status=409)


@click.group(cls=Group, help="审计:对已计票的无记名表决逐一尝试已知的攻击")
def audit() -> None:
    """Audits."""


@audit.command("secrecy", cls=Command, help="能否由数据库查出谁投了什么;有一项攻击优于猜测即以 1 退出")
@click.argument("slug")
@click.argument("ballot", type=int)
@click.option("--known", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="试投票中已知的投票:CSV,每行“人员代码,票面JSON”;据此与猜测比较")  # fmt: skip
@as_json
@pass_bench
def secrecy_of(bench: Bench, slug: str, ballot: int, known: Path | None, *, as_json: bool) -> None:
    """Try everything."""
    with bench.installation.reading(slug) as desk:
        row = ballots.find(desk, ballot)
        if row.secrecy != "secret":
            raise RendaError("audit.not_secret", number=ballot)
        if row.result is None:
            raise RendaError("audit.not_closed", number=ballot)
        truth = None if known is None else _known(desk, known)
    settings = bench.settings
    address = settings.address.database
    engine = make_engine(owner_address(settings))
    try:
        with engine.connect() as connection:
            if not settings.embedded:
                district = {"district": str(row.district_id)}
                connection.execute(text("select set_config('app.district', :district, true)"), district)
            file = Path(address) if settings.embedded and address else None
            found = secrecy.audit(secrecy.Box(connection, ballot, file=file), random.SystemRandom(), truth)
    finally:
        engine.dispose()
    rows = [
        {
            "attack": each.attack,
            "verdict": each.verdict if as_json else gettext(WORDS[each.verdict]),
            "right": None if each.score is None else f"{each.score.right}/{each.score.pairs}",
            "note": each.note,
        }
        for each in found
    ]
    tell(rows, {"attack": "攻击", "verdict": "结果", "right": "配对", "note": "说明"}, as_json=as_json)
    if any(each.verdict == secrecy.LEAKS for each in found):
        click.get_current_context().exit(LEAKING)


def _known(desk: Desk, file: Path) -> dict[int, str]:
    people = {each.code: each.id for each in desk.session.scalars(select(PersonRow))}
    truth = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, cells in enumerate(csv.reader(lines), 1):
            if len(cells) != 2 or cells[0] not in people:
                raise RendaError("audit.known_row", file=file.name, line=line)
            truth[people[cells[0]]] = secrecy.plain(cells[1])
    return truth
