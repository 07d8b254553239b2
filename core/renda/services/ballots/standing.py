"""How a ballot stands, in one sentence of its own for each way it may stand without a result that is public."""

from __future__ import annotations

from renda.i18n import gettext
from renda.model import BallotRow
from renda.services.ballots.wording import DECISIONS


def standing_of(row: BallotRow, *, sitting_closed: bool = False) -> str:
    """How a ballot stands, in one sentence of its own for each way; empty where its result is out."""
    if row.state == "void":
        return void_reason(row)
    if row.state == "prepared" and sitting_closed:
        return gettext("没有付诸表决:会议期间没有开始,也没有投票。")
    if row.state == "withheld" and row.bench in DECISIONS:
        return gettext("已计票并形成结论;票数经主任会议决定不公布。")
    return gettext(_STANDING[row.state]) if _STANDING[row.state] else ""


_STANDING = {
    "prepared": "还没有开始表决。",
    "open": "正在表决。",
    "stopped": "已截止投票,还没有计票。",
    "closed": "已计票,结果还没有宣布。",
    "published": "",
    "withheld": "已计票;结果经主任会议决定不公布。",
}


def void_reason(row: BallotRow) -> str:
    """Why the whole of a ballot is void: the comparison that decides, in numbers, and the rule it follows from."""
    checks = (row.result or {}).get("checks", ())
    for place, check in enumerate(checks):
        if not check["met"]:
            # Kept before checks named themselves: electronic, paper, the whole, in this order.
            about = check.get("about") or ("electronic", "paper", "whole")[place if len(checks) == 3 else 2]
            source = gettext(str(check.get("source") or _SOURCES[about]))
            return gettext(
                _VOID[about], returned=check["left"], issued=check["right"], sum=check["text"], source=source
            )
    return gettext("本次表决无效,没有形成结果。")


_SOURCES = {"whole": "选举法第四十四条", "paper": "选举法第四十四条", "electronic": "系统核对"}
_VOID = {
    "whole": "收回的票 {returned} 张,多于发出的票 {issued} 张({sum};{source})。本次表决无效,没有形成结果,须重新表决。",
    "paper": "收回的纸质票 {returned} 张,多于发出的纸质票 {issued} 张({sum};{source})。"
    "本次表决无效,没有形成结果,须重新表决。",
    "electronic": "电子票 {returned} 张,多于用电子方式投票的 {issued} 人({sum};{source})。"
    "本次表决无效,没有形成结果,须重新表决。",
}
