"""``renda check``, ``rules``, ``rescore``, ``replay``, ``repin``: what holds, what stood, what is put right."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import click

from renda.cli.base import Bench, Command, Group, as_json, pass_bench, tell
from renda.explain import shown_value
from renda.i18n import gettext
from renda.matter import Actor
from renda.services import anchors, checking, repinning, replaying, rescoring
from renda.services import rules as service
from renda.services.desk import CHINA
from renda.services.districts import chosen
from renda.services.signing_keys import known_keys
from renda.settings import anchor_file as default_anchor_file
from renda.settings import signer

OPERATOR = Actor(None, "命令行", frozenset({"system"}))
DAY = click.DateTime(["%Y-%m-%d"])
SEVERAL = 1


@click.command(cls=Command, help="核对:规则文件、插件、记录、日历,以及各做法自己发现的问题;有错以 1 退出")
@click.argument("slug", required=False)
@click.option("--anchors", "file", type=click.Path(dir_okay=False, path_type=Path),
              help="与锚定文件比较(送到别处的那一份):记录是否被截短,或被改过又重新算过")  # fmt: skip
@as_json
@pass_bench
def check(bench: Bench, slug: str | None, file: Path | None, *, as_json: bool) -> None:
    """Tell everything that is wrong."""
    own = default_anchor_file(bench.settings)
    # Without a word the host's own file is taken, where there is one.
    asked = file or (own if own.is_file() else None)
    anchored = [] if asked is None else anchors.read(asked)
    folder = bench.settings.secret_file.parent
    keys = known_keys(folder, signer(bench.settings)) if anchored else ()
    if slug is not None:
        chosen(bench.installation, slug)
    found = checking.check(bench.installation, slug, anchored=anchored, own_keys=keys)
    mistakes = 0
    if as_json:
        listed = list(found)
        tell(listed, {}, as_json=True)
        mistakes = sum(each.grave == checking.MISTAKE for each in listed)
    else:
        # One after the other as it is found: a large record takes its time.
        for each in found:
            _tell_finding(each)
            mistakes += each.grave == checking.MISTAKE
        click.echo(gettext("共 {count} 处错误。", count=mistakes) if mistakes else gettext("没有发现错误。"))
    if mistakes:
        click.get_current_context().exit(SEVERAL)


def _tell_finding(each: checking.Finding) -> None:
    words = {checking.MISTAKE: gettext("错误"), checking.NOTE: gettext("提示")}
    place = " ".join(part for part in (each.district, each.where) if part)
    code = f" [{each.code}]" if each.code else ""
    click.echo(f"{words[each.grave]} {place}:{each.text}{code}")


@click.group(cls=Group, help="规则:查看某日施行的一版,比较两版")
def rules() -> None:
    """The rules of a district."""


@rules.command(help="一个做法在某日施行的版本(默认今天)")
@click.argument("slug")
@click.argument("practice")
@click.option("--on", "day", type=DAY, help="哪一天")
@as_json
@pass_bench
def show(bench: Bench, slug: str, practice: str, day: datetime | None, *, as_json: bool) -> None:
    """One version."""
    book = bench.rulebooks.of(slug)
    service.versions(book, practice)
    when = _today() if day is None else day.date()
    version = book.practice_on(practice, when).version
    entries = service.entries(book, version)
    if as_json:
        said = {
            "district": slug,
            "practice": practice,
            "title": version.title,
            "plugin": version.plugin,
            "effective": version.effective.isoformat(),
            "source": version.source,
            "checked": None if version.checked is None else version.checked.isoformat(),
            "digest": version.digest,
            "entries": [asdict(entry) for entry in entries],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"{version.title}  {version.effective}  {version.source}\n")
    headings = {"place": "条目", "label": "名称", "value": "内容", "unconfirmed": "待确认"}
    tell(entries, headings, as_json=False)


@rules.command(help="比较两版(默认最新一版和它的前一版);A、B 是生效日期")
@click.argument("slug")
@click.argument("practice")
@click.argument("older", metavar="A", required=False, type=DAY)
@click.argument("newer", metavar="B", required=False, type=DAY)
@as_json
@pass_bench
def diff(
    bench: Bench, slug: str, practice: str, older: datetime | None, newer: datetime | None, *, as_json: bool
) -> None:
    """What changed."""
    book = bench.rulebooks.of(slug)
    if older is None:
        first, second = service.last_two(book, practice)
    else:
        first = service.effective_on(book, practice, older.date())
        second = (
            service.versions(book, practice)[-1]
            if newer is None
            else service.effective_on(book, practice, newer.date())
        )
    headings = {
        "place": "条目",
        "label": "名称",
        "older": first.effective.isoformat(),
        "newer": second.effective.isoformat(),
    }
    tell(service.differences(book, first, second), headings, as_json=as_json)


@dataclass(frozen=True, slots=True)
class Differs:
    """A line of ``renda rescore``."""

    district: str
    matter: int
    title: str
    kept: str
    found: str | None


@click.command(cls=Command, help="按各事项所依据的规则重新计分,列出与所存不同的,并补记")
@click.argument("slug", required=False)
@click.option("--dry-run", is_flag=True, help="只列出,不补记")
@as_json
@pass_bench
def rescore(bench: Bench, slug: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Score again."""
    found: list[Differs] = []
    for each in chosen(bench.installation, slug):
        opened = bench.installation.reading if dry_run else bench.installation.writing
        with opened(each) as desk:
            different = rescoring.differences(desk) if dry_run else rescoring.rescore(desk, OPERATOR)
            found += [
                Differs(each, one.matter_id, one.title, one.kept, None if one.found is None else shown_value(one.found))
                for one in different
            ]
    headings = {"district": "区县", "matter": "编号", "title": "事项", "kept": "所存", "found": "重算"}
    tell(found, headings, as_json=as_json)


@click.command(cls=Command, help="某日的得分:取当日及以前最后一次所记,按其自身的依据重新推算")
@click.argument("slug")
@click.option("--as-of", "day", type=DAY, required=True, help="哪一天")
@click.option("--practice", help="只看一个做法")
@as_json
@pass_bench
def replay(bench: Bench, slug: str, day: datetime, practice: str | None, *, as_json: bool) -> None:
    """The numbers as they stood; exit 1 where one does not follow from its reasons."""
    with bench.installation.reading(slug) as desk:
        stood = list(replaying.as_of(desk, day.date(), practice))
    headings = {
        "matter": "编号",
        "title": "事项",
        "shown": "得分",
        "since": "记于",
        "because": "依据",
        "mistake": "问题",
    }
    tell(stood, headings, as_json=as_json)
    if any(each.mistake for each in stood):
        click.get_current_context().exit(SEVERAL)


@click.command(cls=Command, help="规则文件改动后,把事项改到现有的版本,理由写入记录")
@click.argument("slug")
@click.argument("practice")
@click.option("--reason", required=True, help="理由:哪次会议、哪份决定")
@click.option("--to", "day", type=DAY, help="把未办结的事项也改到这一天施行的版本")
@as_json
@pass_bench
def repin(bench: Bench, slug: str, practice: str, reason: str, day: datetime | None, *, as_json: bool) -> None:
    """Move matters and ballots to another version."""
    with bench.installation.writing(slug) as desk:
        moved = repinning.repin(desk, OPERATOR, practice, reason, None if day is None else day.date())
    headings = {"matter": "编号", "ballot": "表决", "title": "事项", "was": "原版本", "now": "现版本", "event": "记录"}
    tell(moved, headings, as_json=as_json)


def _today() -> date:
    return datetime.now(CHINA).date()
