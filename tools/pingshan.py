"""Writes the spreadsheets of 坪山's demo: a year of suggestions with the published figures, and some of today.

The article prints three figures for 2020: 156 replies and 142 implementations at a hundred points, and an
overall satisfaction of 99.4%. It gives no distribution; this one is invented so that it yields them, with one
of each kind of trouble besides. Nothing here is drawn by chance: the same tables come out every time.

    python tools/pingshan.py [FOLDER]
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "districts" / "pingshan" / "data"
FIXED = ("day", "actor", "action", "ref", "parent")
STEMS = "甲乙丙丁戊"
DIGITS = "一二三四五六七八九"
PLACES = ("一号片区", "二号片区", "三号片区", "四号片区", "五号片区", "六号片区", "七号片区", "八号片区")
ORGANS = {
    "fagai": "演示发展改革局",
    "zhujian": "演示住房建设局",
    "chengguan": "演示城市管理局",
    "jiaotong": "演示交通运输局",
    "jiaoyu": "演示教育局",
    "weijian": "演示卫生健康局",
    "minzheng": "演示民政局",
    "shengtai": "演示生态环境局",
    "shuiwu": "演示水务局",
    "kechuang": "演示科技创新局",
    "zhengfa": "演示综合治理办",
    "caizheng": "演示财政局",
}
TOPICS = (
    ("加密公交班次", "交通出行", "jiaotong"),
    ("增设路口信号灯", "交通出行", "jiaotong"),
    ("建设过街天桥", "交通出行", "jiaotong"),
    ("增加路内停车泊位", "交通出行", "jiaotong"),
    ("修复背街路灯", "城市建设", "chengguan"),
    ("建设口袋公园", "城市建设", "chengguan"),
    ("改造老旧小区", "城市建设", "zhujian"),
    ("增加人才住房配套", "城市建设", "zhujian"),
    ("增加公办幼儿园学位", "教育卫生", "jiaoyu"),
    ("疏导校门口交通", "教育卫生", "jiaoyu"),
    ("开放学校体育场地", "教育卫生", "jiaoyu"),
    ("扩建社区医院", "教育卫生", "weijian"),
    ("配备自动除颤器", "教育卫生", "weijian"),
    ("开办长者食堂", "社会保障", "minzheng"),
    ("完善无障碍设施", "社会保障", "minzheng"),
    ("建设托育服务点", "社会保障", "weijian"),
    ("加强河道保洁", "生态环境", "shuiwu"),
    ("推进雨污分流", "生态环境", "shuiwu"),
    ("治理施工噪声", "生态环境", "shengtai"),
    ("优化垃圾分类投放点", "生态环境", "chengguan"),
    ("设立中小企业服务窗口", "经济科技", "kechuang"),
    ("支持企业技术改造", "经济科技", "fagai"),
    ("防范高空抛物", "社会治理", "zhengfa"),
    ("规范电动自行车充电", "社会治理", "zhengfa"),
)
ANSWERS = ["A+"] * 156 + ["A"] * 3 + ["A-"] + ["B+"] * 2
IMPLEMENTATIONS = ["A+"] * 142 + ["A"] * 12 + ["A-"] * 4 + ["B+"] * 2 + ["B"] + ["C"]
CLASSES = ["A"] * 118 + ["B"] * 28 + ["C"] * 10 + ["D"] * 6
RATED = len(ANSWERS)
INVENTED = (
    "虚构:人员、机构、建议都是编的,只有合计数与《坪山:“六新”注入新动能》一致。由 tools/pingshan.py 写出,请勿手改。"
)


def deputy(number: int) -> str:
    """The code of the n-th deputy, going round."""
    return f"d{number % 45 + 1:02d}"


def after(day: date, days: int) -> date:
    """A working weekday about ``days`` later; the year's holidays are of no concern to a demo."""
    found = day + timedelta(days=days)
    return found + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[found.weekday()])


class Tables:
    """The rows of all files, in the order they are written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {}

    def add(self, file: str, day: date, actor: str, action: str, ref: str, **entries: str) -> None:
        """One act."""
        row = {"day": day.isoformat(), "actor": actor, "action": action, "ref": ref, **entries}
        self.rows.setdefault(file, []).append(row)

    def write(self, folder: Path, note: str) -> None:
        """One spreadsheet for each file, columns as needed."""
        for file, rows in self.rows.items():
            columns = [*FIXED[:4], *dict.fromkeys(key for row in rows for key in row if key not in FIXED)]
            write(folder / file, note, columns, ([row.get(column, "") for column in columns] for row in rows))


def write(path: Path, note: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A spreadsheet with a line about where it comes from."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {note}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


class Life:
    """One suggestion on its way: every method adds the rows of a step."""

    def __init__(self, tables: Tables, ref: str, number: int, *, session: bool = True) -> None:
        topic, self.category, self.lead = TOPICS[number % len(TOPICS)]
        self.tables, self.ref, self.session = tables, ref, session
        self.title = f"关于在{PLACES[number // len(TOPICS) % len(PLACES)]}{topic}的建议"
        self.proposer = deputy(number * 7)
        self.part = f"{ref}/assignment/1"

    def file(self, day: date, invited: Sequence[str] = (), **entries: str) -> None:
        """Proposed, and signed by those invited."""
        form = {
            "title": self.title,
            "facts": f"群众多次反映,{self.title.removeprefix('关于').removesuffix('的建议')}的需要迫切。",
            "wanted": f"请{ORGANS[self.lead]}研究办理并答复。",
            "category": self.category,
            "session": "session" if self.session else "intersession",
            "proposer": self.proposer,
            "invited": ";".join(invited),
        }
        self.tables.add("01-提出.csv", day, self.proposer, "提出建议", self.ref, **{**form, **entries})
        for each in invited:
            self.tables.add("01-提出.csv", day, each, "确认附议", self.ref)

    def accept(self, day: date) -> None:
        """Taken up."""
        closed = {"congress_closed_on": "2020-01-11"} if self.session else {}
        self.tables.add("02-审查交办.csv", day, "clerk", "受理", self.ref, **closed)

    def assign(self, day: date, co: Sequence[str] = (), others: Sequence[str] = ()) -> None:
        """Handed over to the lead, or to several that handle separately."""
        form = {
            "mode": "separate" if others else "lead",
            "leads": ";".join([self.lead, *others]),
            "co_handlers": ";".join(co),
        }
        self.tables.add("02-审查交办.csv", day, "clerk", "交办", self.ref, **form)

    def organ(self, day: date, action: str, *, lead: str = "", part: str = "", **entries: str) -> None:
        """An act of an organ on its part."""
        self.tables.add("03-办理.csv", day, lead or self.lead, action, part or self.part, **entries)

    def reply(self, day: date, code: str = "A", *, lead: str = "", part: str = "") -> None:
        """A talk ten days before, then the reply."""
        ways = ("visit", "meeting", "phone", "talk")
        talk = {"contact_way": ways[day.day % 4], "contact_note": "当面听取意见,说明办理打算。"}
        self.organ(day - timedelta(days=3), "见面沟通", lead=lead, part=part, **talk)
        promised = {"commitment": "按计划分步实施", "commitment_year": str(day.year)} if code in {"B", "C"} else {}
        form = {"result_class": code, "reply_text": "已研究办理,情况见附件。", "signed_by": "分管负责人", **promised}
        self.organ(day, "答复代表", lead=lead, part=part, **form)

    def rate(self, day: date, grade: str, *, implementation: bool = False) -> None:
        """The proposer's grade."""
        stage = "implementation" if implementation else "answer"
        entries = {f"{stage}_grade": grade}
        if grade == "C":
            entries[f"{stage}_reason"] = "问题依旧,群众意见大。"
        action = "评价落实" if implementation else "评价答复"
        self.tables.add("04-评价.csv", day, self.proposer, action, self.ref, **entries)

    def carried_out(self, day: date) -> None:
        """The organ's report on the implementation."""
        self.organ(day, "报告落实", progress="答复事项已落实。")

    def clerk(self, day: date, action: str, ref: str = "", **entries: str) -> None:
        """An act of the clerk."""
        self.tables.add("05-督促.csv", day, "clerk", action, ref or self.ref, **entries)


def ordinary(tables: Tables, number: int) -> None:
    """One of the 162 that were rated at both stages."""
    session = number % 4 != 3
    life = Life(tables, f"s{number + 1:03d}", number, session=session)
    filed = date(2020, 1, 8) + timedelta(days=number % 3) if session else after(date(2020, 3, 2), number // 2)
    invited = [deputy(number * 7 + step) for step in range(1, 2 + number % 3)] if number % 12 == 4 else []
    life.file(filed, invited)
    life.accept(date(2020, 1, 13) if session else after(filed, 2))
    assigned = date(2020, 1, 20) if session else after(filed, 5)
    co = ["caizheng"] if number % 9 == 2 else []
    life.assign(assigned, co)
    life.organ(after(assigned, 1), "签收")
    if co:
        second = f"{life.ref}/assignment/2"
        life.organ(after(assigned, 1), "签收", lead="caizheng", part=second)
        life.organ(after(assigned, 18), "提出会办意见", lead="caizheng", part=second, opinion="经费已作安排。")
    late = 104 if number in {20, 77} else 40 + number % 40
    replied = after(assigned, late)
    rated = after(replied, 3 + number % 9)
    life.reply(replied, CLASSES[number * 5 % RATED])
    answer, implementation = ANSWERS[number * 11 % RATED], IMPLEMENTATIONS[number * 17 % RATED]
    if number == 30:
        life.rate(rated, "C")
        redone = after(rated, 20)
        life.organ(redone, "二次答复", second_reply="重新调查后补充了措施。", signed_by="主要负责人")
        rated = after(redone, 5)
    life.rate(rated, answer)
    done = after(rated, 90 + number % 50)
    life.carried_out(done)
    judged = after(done, 4 + number % 8)
    if implementation == "C" or number == 61:
        life.rate(judged, "C", implementation=True)
        redone = after(judged, 25)
        life.organ(redone, "二次答复", second_reply="再次组织力量办理。", signed_by="主要负责人")
        judged = after(redone, 5)
    life.rate(judged, implementation, implementation=True)
    if implementation == "C":
        decision = {"decision": "focus", "decision_note": "两次不满意,列为重点督办。"}
        tables.add("05-督促.csv", after(judged, 7), "chair", "主任会议决定", life.ref, **decision)
        life.organ(after(judged, 60), "二次答复", second_reply="纳入下一年度计划。", signed_by="主要负责人")
        life.rate(after(judged, 70), "C", implementation=True)
        settled = {"decision": "accept", "decision_note": "受规划所限,已向代表说明,转入下一年度计划。"}
        tables.add("05-督促.csv", after(judged, 80), "chair", "主任会议决定", life.ref, **settled)


def troubled(tables: Tables) -> None:
    """What happens beside the ordinary: refused, withdrawn, merged, secret, given back, extended, unrated."""
    at = RATED
    for place, ground in enumerate(("personal", "case", "promotion", "powers")):
        life = Life(tables, f"x{place + 1:02d}", at + place)
        life.file(date(2020, 1, 9))
        refusal = {"ground": ground, "refusal_note": "已向代表当面说明。"}
        tables.add("02-审查交办.csv", date(2020, 1, 14), "clerk", "不予受理", life.ref, **refusal)
    for place in range(3):
        life = Life(tables, f"w{place + 1:02d}", at + 4 + place)
        invited = [deputy(3)] if place == 2 else []
        life.file(date(2020, 1, 9), invited)
        life.accept(date(2020, 1, 13))
        life.assign(date(2020, 1, 20))
        for each in invited:
            tables.add("05-督促.csv", date(2020, 2, 5), each, "同意撤回", life.ref)
        letter = {"withdrawal_letter": "所提问题已经解决,书面申请撤回。"}
        tables.add("05-督促.csv", date(2020, 2, 6), life.proposer, "撤回建议", life.ref, **letter)
    for place in range(4):
        life = Life(tables, f"m{place + 1:02d}", at + 7 + place)
        life.file(date(2020, 1, 10))
        life.accept(date(2020, 1, 13))
        tables.add("02-审查交办.csv", date(2020, 1, 20), "clerk", "并案办理", life.ref, into=f"s{place * 2 + 1:03d}")
    for place in range(2):
        life = Life(tables, f"secret{place + 1}", at + 11 + place)
        life.file(date(2020, 1, 9), secret="是")
        life.accept(date(2020, 1, 13))
        life.assign(date(2020, 1, 20))
        life.organ(date(2020, 1, 21), "签收")
        life.reply(date(2020, 4, 7))
        life.rate(date(2020, 4, 14), "A")
        life.carried_out(date(2020, 9, 1))
        life.rate(date(2020, 9, 8), "A", implementation=True)
    returned = Life(tables, "r01", at + 13)
    returned.file(date(2020, 1, 9))
    returned.accept(date(2020, 1, 13))
    returned.assign(date(2020, 1, 20))
    returned.organ(date(2020, 1, 21), "签收")
    returned.organ(date(2020, 1, 22), "申请退回", return_reason="不属本单位职责。")
    returned.clerk(date(2020, 2, 5), "批准退回", returned.part, to_organ="zhengfa", transfer_note="改交综合治理办。")
    second = f"{returned.ref}/assignment/2"
    returned.organ(date(2020, 2, 6), "签收", lead="zhengfa", part=second)
    returned.organ(
        date(2020, 4, 20), "申请延期", lead="zhengfa", part=second, extension_months="2", extension_reason="涉及面广"
    )
    returned.clerk(date(2020, 4, 22), "批准延期", second)
    returned.reply(date(2020, 6, 22), lead="zhengfa", part=second)
    returned.clerk(date(2020, 8, 3), "催请评价")
    returned.clerk(date(2020, 8, 20), "不计评价", unrated_note="催请后仍未评价。")
    returned.organ(date(2020, 11, 2), "报告落实", lead="zhengfa", part=second, progress="已落实。")
    returned.clerk(date(2020, 12, 14), "催请评价")
    returned.clerk(date(2021, 1, 4), "不计评价", unrated_note="催请后仍未评价。")


def current(tables: Tables) -> None:
    """Today's suggestions, one for each state somebody may find waiting."""
    lives = [Life(tables, f"n{number:02d}", number, session=False) for number in range(1, 14)]
    signing, filed, wanting, _, handed, back, longer, working, answered, doing, done, asked, heavy = lives
    answered.proposer = done.proposer = "d01"
    for life in lives:
        life.title = life.title.replace("关于在", "关于进一步在")
    signing.file(date(2026, 11, 18), ["d01"])
    tables.rows["01-提出.csv"].pop()
    filed.file(date(2026, 11, 19))
    wanting.file(date(2026, 11, 9))
    tables.add("02-审查交办.csv", date(2026, 11, 12), "clerk", "退回修改", wanting.ref, wanting="请写明具体路段。")
    starts = [date(2026, 11, 11)] + [date(2026, 11, 2)] * 2 + [date(2026, 8, 3), date(2026, 8, 3)]
    starts += [date(2026, 7, 1), date(2026, 5, 6), date(2026, 4, 1), date(2026, 2, 2), date(2026, 8, 31)]
    for life, day in zip(lives[3:], starts, strict=True):
        life.file(day)
        life.accept(after(day, 2))
    for life, day in zip(lives[4:], starts[1:], strict=True):
        life.assign(after(day, 4), ["caizheng"] if life is working else ())
        if life is not handed:
            life.organ(after(day, 6), "签收")
    back.organ(date(2026, 11, 16), "申请退回", return_reason="应由水务部门承办。", proposed_organ="shuiwu")
    longer.organ(date(2026, 10, 26), "申请延期", extension_months="3", extension_reason="须等规划批复")
    heavy_focus = {"focus_leader": "c01"}
    tables.add("05-督促.csv", date(2026, 9, 14), "chair", "确定重点督办", heavy.ref, **heavy_focus)
    for life, day in ((answered, date(2026, 11, 3)), (doing, date(2026, 8, 3)), (done, date(2026, 6, 15))):
        life.reply(day)
    doing.rate(date(2026, 8, 10), "A")
    done.rate(date(2026, 6, 22), "A+")
    done.carried_out(date(2026, 11, 10))
    asked.reply(date(2026, 4, 15))
    asked.rate(date(2026, 4, 20), "C")
    for again, judged in ((date(2026, 5, 18), date(2026, 5, 25)), (date(2026, 7, 1), date(2026, 7, 6))):
        asked.organ(again, "二次答复", second_reply="补充了措施。", signed_by="主要负责人")
        asked.rate(judged, "C")


def roster(folder: Path) -> None:
    """Organs, people, posts, mandates, accounts."""
    people = {f"d{number + 1:02d}": f"代表{STEMS[number // 9]}{DIGITS[number % 9]}" for number in range(45)}
    heads = {f"h{place + 1:02d}": organ for place, organ in enumerate(ORGANS)}
    named = {**people, "c01": "副主任己一", **{code: f"局长庚{code[1:]}" for code in heads}}
    everyday: Mapping[str, tuple[str, ...]] = {
        "clerk": ("常委会工作人员", "clerk", "", ""),
        "chair": ("副主任己一", "chair;member;deputy", "c01", ""),
        "member": ("代表甲二", "member;deputy", "d02", ""),
        "auditor": ("审计人员", "auditor", "", ""),
    }
    accounts = [[login, *row] for login, row in everyday.items()]
    accounts += [[code, name, "deputy", code, ""] for code, name in people.items()]
    accounts += [[code, name, "department", "", code] for code, name in ORGANS.items()]
    mandates = [
        [code, f"第{place + 1}选区", f"第{place % 5 + 1}代表团", "是" if place < 12 else "", "2017-01-01"]
        for place, code in enumerate([*people, "c01"])
    ]
    mandates[-1][3] = "是"
    posts = [[code, organ, "局长", "是", "2017-02-01"] for code, organ in heads.items()]
    write(folder / "organs.csv", INVENTED, ("code", "name", "sort"), [[*row, "department"] for row in ORGANS.items()])
    write(folder / "people.csv", INVENTED, ("code", "name"), [list(row) for row in named.items()])
    write(folder / "appointments.csv", INVENTED, ("person", "organ", "post", "head", "since"), posts)
    columns = ("person", "constituency", "delegation", "committee_member", "since")
    write(folder / "mandates.csv", INVENTED, columns, mandates)
    write(folder / "accounts.csv", INVENTED, ("login", "name", "roles", "person", "organ"), accounts)


def main(folder: Path = FOLDER) -> None:
    """Write everything."""
    roster(folder)
    tables = Tables()
    for number in range(RATED):
        ordinary(tables, number)
    troubled(tables)
    current(tables)
    tables.write(folder / "segmented_scoring", INVENTED)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
