"""Links of a time, how far they reached, what deputies did on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from renda import Explained, Fact, Matter, Party, Records, Sheet, cite_matter, counted, leaf, percent, ratio, total

from .links import LINK

HELD = ("held", "closed")


def links(code: str, records: Records, since: date | None, until: date, *states: str) -> list[Matter]:
    """The links of a time, by the day they are set for."""
    some = records.matters(code, "link", states=states)
    found = [each for each in some if (since is None or since <= each.payload["on"]) and each.payload["on"] <= until]
    return sorted(found, key=lambda each: (each.payload["on"], each.payload["at"], each.id))


def direction(link: Matter, tiers: Sequence[Any]) -> str:
    """Whether the centre takes part, or homes and stations speak with each other."""
    top = next(each["code"] for each in tiers if each["top"])
    return "中心连家站" if any(each["tier"] == top for each in link.payload["sites"]) else "家站互通"


def sheets(code: str, params: Any, since: date, until: date, records: Records) -> list[Sheet]:
    """Links one by one with their sums, and the places that have ever been linked."""
    return [
        _one_by_one(links(code, records, since, until), params),
        _reach(links(code, records, None, until, *HELD), params),
    ]


def _one_by_one(found: Sequence[Matter], params: Any) -> Sheet:
    held = [each for each in found if each.state in HELD]
    items = [item for link in held for item in link.children("item")]
    rows = [
        (
            each.payload["on"],
            each.payload["at"],
            each.title,
            direction(each, params.tiers),
            len(each.payload["sites"]),
            len(each.payload.get("signed", ())),
            each.payload.get("people", "—"),
            len(each.children("item")),
            LINK[each.state],
        )
        for each in found
    ]
    figures = [
        counted("已举行的连线", [f"{each.id}号" for each in held]),
        total("签到代表人次", *(_of(each, len(each.payload["signed"])) for each in held)),
        total("群众人次", *(_of(each, each.payload["people"]) for each in held)),
        counted("提出的民情", [f"{each.id}号" for each in items]),
        counted("已反馈", [f"{each.id}号" for each in items if each.state == "told"]),
        counted("转为代表建议", [f"{each.id}号" for each in items if each.state == "suggested"]),
        counted("列为议题", [f"{each.id}号" for each in items if each.state == "listed"]),
    ]
    columns = ("日期", "时间", "主题", "方式", "连线点", "签到代表", "群众人次", "民情", "状态")
    return Sheet("video_links", "视频民情连线", columns, rows, figures)


def _reach(held: Sequence[Matter], params: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    figures: list[Explained] = []
    for tier in params.tiers:
        sites = [site for link in held for site in link.payload["sites"] if site["tier"] == tier["code"]]
        reached = counted(tier["label"], sorted({each["name"] for each in sites}))
        expected = tier.get("expected")
        share: object = "—"
        if expected is not None:
            share = percent(ratio(tier["label"], reached, leaf("应有", expected)), 1, label=f"{tier['label']}覆盖率")
        rows.append((tier["label"], reached, "—" if expected is None else expected, share, len(sites)))
        figures.append(reached)
    columns = ("层级", "连通过的", "应有", "覆盖率(%)", "连线次数")
    return Sheet("video_reach", "连线覆盖", columns, rows, figures, (0, 4))


def facts(some: Sequence[Matter], tiers: Sequence[Any], subject: Party | None, records: Records) -> Iterator[Fact]:
    """A deputy signed in: at the centre ``activity.attended``, at a home or station ``station.activity``."""
    said = {each["code"]: each["fact"] for each in tiers}
    for link in some:
        for each in link.payload["signed"]:
            if subject is not None and (subject.noun == "organ" or subject.id != each["deputy"]):
                continue
            site = link.payload["sites"][each["site"] - 1]
            text = f"在{site['name']}参加视频民情连线“{link.title}”"
            deputy = records.party("deputy", each["deputy"])
            yield Fact(said[site["tier"]], deputy, link.payload["on"], text, matter=link.id)


def _of(link: Matter, number: int) -> Explained:
    return leaf(link.title, number, cite_matter(link.id, link.title))
