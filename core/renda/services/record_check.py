"""What ``renda check`` tells of the record: its chains, and every row that is not as the record says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import gettext
from renda.services import chain, replaying, security_log
from renda.services.desk import Desk
from renda.services.row_check import FORGED, MISSING, RowCheck, RowDifference, differences

declare(
    {
        "check.chain": "记录从第 {number} 条起与封签不符,有人绕过系统改过数据库。请从备份核对。",
        "check.security_chain": "安全日志从第 {number} 条起与封签不符,有人绕过系统改过数据库。请从备份核对。",
        "check.row_chain": "数据变动日志从第 {number} 条起与封签不符,有人绕过系统改过数据库;"
        "各行数据因此无从核对。请从备份核对。",
        "check.row": "{row}的“{column}”与记录不符:记录是 {expected},数据库里是 {stored}。有人绕过系统改过,请从备份核对。",
        "check.row_missing": "{row}在记录里有,数据库里没有。有人绕过系统删过,请从备份核对。",
        "check.row_forged": "{row}在数据库里有,记录里没有。有人绕过系统加过,请从备份核对。",
        "check.score": "{row}的得分与其理由不符:{mistake}",
    },
    status=500,
)

TABLES = {
    "account": "账号",
    "appointment": "任职",
    "attendance": "到会",
    "ballot": "表决",
    "ballot_subject": "表决项",
    "elector": "表决名册",
    "mandate": "代表资格",
    "matter": "事项",
    "matter_party": "事项相关人员",
    "meeting": "会议",
    "notice": "文书",
    "organ": "机构",
    "paper": "表决票",
    "person": "人员",
    "project": "项目",
    "questionnaire": "问卷",
    "roll": "参加表决名单",
    "score": "得分",
    "sending": "文书发送",
    "token": "令牌",
}
COLUMNS = {
    "state": "状态",
    "version": "版次",
    "title": "标题",
    "payload": "内容",
    "done": "办理日期",
    "due_on": "期限",
    "waits_for": "等候办理",
    "parent_id": "上级事项",
    "party": "相关人员或单位",
    "relation": "关系",
    "value": "得分",
    "shown": "显示的得分",
    "explained": "得分理由",
    "matter_id": "事项",
    "paragraphs": "正文",
    "roles": "角色",
    "name": "姓名或名称",
    "since": "起",
    "until": "止",
    "post": "职务",
    "result": "计票结果",
    "published": "公布的结果",
    "disabled": "停用",
}
ABOUT = {"matter_id": "matter", "meeting_id": "meeting", "ballot_id": "ballot", "person_id": "person"}


def mistakes(desk: Desk, outcome: RowCheck) -> Iterator[RendaError]:
    """Everything wrong with the record of a district, one after the other as it is found."""
    broken = chain.first_broken(desk)
    if broken is not None:
        yield RendaError("check.chain", number=broken)
    broken = security_log.first_broken(desk.session)
    if broken is not None:
        yield RendaError("check.security_chain", number=broken)
    for each in differences(desk.session, outcome):
        yield _said(each)
    if outcome.broken is not None:
        yield RendaError("check.row_chain", number=outcome.broken)
    for stood in replaying.as_of(desk, desk.day):
        if stood.mistake:
            row = gettext("事项 {number}", number=stood.matter)
            yield RendaError("check.score", row=row, mistake=stood.mistake)


def _said(each: RowDifference) -> RendaError:
    if each.stored == MISSING and not each.column:
        return RendaError("check.row_missing", row=_name(each))
    if each.stored == FORGED and not each.column:
        return RendaError("check.row_forged", row=_name(each))
    column, _, part = each.column.partition(".")
    label = gettext(COLUMNS.get(column, column)) + (f" {part}" if part else "")
    told: dict[str, Any] = {"expected": _value(each.expected), "stored": _value(each.stored)}
    return RendaError("check.row", row=_name(each), column=label, **told)


def _name(each: RowDifference) -> str:
    """The row by its table and number, and what it belongs to: 得分 12(事项 5)."""
    about = [
        f"{gettext(TABLES[table])} {each.row[column]}"
        for column, table in ABOUT.items()
        if each.row.get(column) is not None and table != each.table
    ]
    named = f"{gettext(TABLES.get(each.table, each.table))} {each.key}"
    return f"{named}({', '.join(about)})" if about else named


def _value(value: Any) -> str:
    if value is None:
        return gettext("(空)")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return f"“{value}”"
