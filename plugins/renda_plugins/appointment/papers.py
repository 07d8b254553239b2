"""The documents of an appointment, in the platform's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from renda import Matter, Paper


def rejected(nomination: Matter, nominator: str, why: str) -> Paper:
    """To the nominator: the screening was not passed."""
    text = f"{_whom(nomination)}的任免案经资格初审不合格,不列入会议议程。理由:{why}。"
    return Paper("函", "关于任免案资格初审情况的函", (text,), to=[nominator])


def barred(nomination: Matter, nominator: str, score: Decimal, pass_mark: Decimal) -> Paper:
    """To the nominator: the exam was failed for good."""
    text = f"{_name(nomination)}法律知识考试 {score} 分,补考后仍低于合格线 {pass_mark} 分,{_whom(nomination)}的任免案不提请表决。"
    return Paper("函", "关于法律知识考试情况的函", (text,), to=[nominator])


def appointed(nomination: Matter, day: date, nominator: str, copies: Sequence[str]) -> tuple[Paper, Paper]:
    """To everybody and to the nominator: who was appointed to what."""
    title = f"关于{_name(nomination)}任职的"
    text = f"{day} 常委会会议表决通过:任命{_whom(nomination)}。"
    return (
        Paper("公告", f"{title}公告", (text,), public=True),
        Paper("通知", f"{title}通知", (text, "请按规定组织颁发任命书、宪法宣誓。"), to=[nominator], copies=copies),
    )


def failed(nomination: Matter, nominator: str, yes: int, needed: int, again: str) -> Paper:
    """To the nominator: the vote was lost, and what the rule says of another try."""
    text = f"{_whom(nomination)}的任免案得赞成票 {yes} 票,未达到通过所需的 {needed} 票(全体组成人员的过半数),未获通过。"
    return Paper("函", "关于任免案表决结果的函", (text, again), to=[nominator])


def removed(removal: Matter, day: date, nominator: str, copies: Sequence[str]) -> tuple[Paper, Paper]:
    """To everybody and to the one who proposed: who left what."""
    title = f"关于{_name(removal)}{'辞职' if removal.payload['way'] == 'resign' else '免职'}的"
    text = f"{day} 常委会会议表决通过:{what_removal(removal)}。"
    return (
        Paper("公告", f"{title}公告", (text,), public=True),
        Paper("通知", f"{title}通知", (text,), to=[nominator], copies=copies),
    )


def kept(removal: Matter, nominator: str, yes: int, needed: int) -> Paper:
    """To the one who proposed: the vote was lost, the person stays in the post."""
    text = (
        f"{what_removal(removal)}的议案得赞成票 {yes} 票,未达到通过所需的 {needed} 票(全体组成人员的过半数),未获通过。"
    )
    return Paper("函", "关于免职案表决结果的函", (text,), to=[nominator])


def what_removal(removal: Matter) -> str:
    """What is voted on, as ballot and documents say it."""
    organ, posts = removal.party("assignee"), "、".join(removal.payload["posts"])
    where = f"{'' if organ is None else organ.name}{posts}"
    if removal.payload["way"] == "resign":
        return f"接受{_name(removal)}辞去{where}职务的请求"
    return f"免去{_name(removal)}的{where}职务"


def _name(nomination: Matter) -> str:
    person = nomination.party("subject")
    return "" if person is None else person.name


def _whom(nomination: Matter) -> str:
    organ = nomination.party("assignee")
    return f"{_name(nomination)}为{'' if organ is None else organ.name}{nomination.payload['post']}"
