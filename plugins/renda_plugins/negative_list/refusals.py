"""What a deduction may not be, and when nothing may be done about it yet, or any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Actor, Matter, Records, RendaError, Span, Turn, declare, due

from .params import ROLES, is_step

declare(
    {
        "negative_list.not_a_step": "扣分 {amount} 不是 {step} 的整数倍。请按 {step} 的倍数填写。",
        "negative_list.above_most": "清单第 {item} 项每次扣分应大于 0、不超过 {most},现为 {amount}。",
        "negative_list.no_evidence": "清单第 {item} 项须附证据。请至少写明一件。",
        "negative_list.outside_year": "{day} 不在 {year} 年度的评价期({since} 至 {until})内。请改日期,或在相应年度提出。",
        "negative_list.not_less": "减轻后的扣分 {reduced} 应小于原扣分 {amount}、大于 0;全部免除请选撤销。",
    }
)
declare(
    {
        "negative_list.drafted_before": "已就同一事实提出过扣分:{title}({day} 第 {item} 项,事项 {number})。不再重复扣分。",
        "negative_list.second_year": "{year} 年度的评价已经开展(事项 {number})。请在那里继续。",
        "negative_list.too_late": "{span}的申诉期已于 {last} 届满,今天是 {day},不能再申诉。",
        "negative_list.still_running": "{span}的期限到 {last} 才届满,今天是 {day},还不能办理。",
    },
    status=409,
)
declare({"negative_list.may_not_enter": "本区县规定扣分由{who}提出,您没有这个身份。"}, status=403)

ENDED_WITHOUT = ("rejected", "revoked", "withdrawn")


def second_year(code: str, year: int, records: Records) -> None:
    """Refuse to begin a year twice."""
    for other in records.matters(code, "year"):
        if other.payload.get("year") == year:
            raise RendaError("negative_list.second_year", year=year, number=other.id)


def may_enter(actor: Actor, allowed: Sequence[str]) -> None:
    """Refuse whom the district does not let propose deductions."""
    if actor.roles.isdisjoint(allowed):
        raise RendaError("negative_list.may_not_enter", who="、".join(ROLES[role] for role in allowed))


def outside_year(year: Matter, *days: date) -> None:
    """Refuse a day that does not lie in the year's period."""
    since, until = year.payload["since"], year.payload["until"]
    for day in days:
        if not since <= day <= until:
            number = year.payload["year"]
            raise RendaError("negative_list.outside_year", day=day, year=number, since=since, until=until)


def checked_draft(matter: Matter, draft: Mapping[str, Any], params: Any) -> dict[str, Any]:
    """What the deduction keeps beside its form: the amount, and the item as it stands in the list."""
    item = next(each for each in params.items if each["code"] == draft["item"])
    amount: Decimal = draft.get("amount", item["deduction"])
    if not is_step(amount, params.step):
        raise RendaError("negative_list.not_a_step", amount=amount, step=params.step)
    most = item.get("most", item["deduction"])
    if not 0 < amount <= most:
        raise RendaError("negative_list.above_most", item=item["code"], most=most, amount=amount)
    if item["evidence"] and not draft.get("evidence"):
        raise RendaError("negative_list.no_evidence", item=item["code"])
    if matter.parent is not None:
        outside_year(matter.parent, draft["occurred_on"])
        _drafted_before(matter.parent, matter, draft)
    return {"amount": amount, "cap": item["cap"], "item_label": item["label"]}


def checked_review(matter: Matter, review: Mapping[str, Any], step: Decimal) -> Decimal:
    """The points that are left after a review; 0 where the deduction is revoked."""
    amount: Decimal = matter.payload["amount"]
    if review["outcome"] != "reduce":
        return amount if review["outcome"] == "uphold" else Decimal(0)
    reduced: Decimal = review["reduced_to"]
    if not is_step(reduced, step):
        raise RendaError("negative_list.not_a_step", amount=reduced, step=step)
    if not 0 < reduced < amount:
        raise RendaError("negative_list.not_less", reduced=reduced, amount=amount)
    return reduced


def too_late(matter: Matter, begun: str, span: Span, turn: Turn) -> None:
    """Refuse what came after its last day."""
    last = _last_day(matter, begun, span, turn)
    if turn.day > last:
        raise RendaError("negative_list.too_late", span=span.text, last=last, day=turn.day)


def still_running(matter: Matter, begun: str, span: Span, turn: Turn) -> None:
    """Refuse what has to wait until the last day is over."""
    last = _last_day(matter, begun, span, turn)
    if turn.day <= last:
        raise RendaError("negative_list.still_running", span=span.text, last=last, day=turn.day)


def _last_day(matter: Matter, begun: str, span: Span, turn: Turn) -> date:
    start = matter.done_on(begun)
    assert start is not None, f"{begun} comes before"
    last = due(start, span, turn.calendar).date
    assert last is not None, "no pause holds this clock"
    return last


def _drafted_before(year: Matter, fresh: Matter, draft: Mapping[str, Any]) -> None:
    """One deduction for each organ, item and fact (or, entered by hand, day)."""
    facts = set(draft.get("facts", ()))
    for other in year.children("deduction"):
        held = other.payload
        if other.id == fresh.id or (held.get("organ"), held.get("item")) != (draft["organ"], draft["item"]):
            continue
        same_day = held["occurred_on"] == draft["occurred_on"] and other.state not in ENDED_WITHOUT
        if facts & set(held.get("facts", ())) or (same_day and not facts):
            day = held["occurred_on"]
            raise RendaError(
                "negative_list.drafted_before", title=other.title, day=day, item=draft["item"], number=other.id
            )
