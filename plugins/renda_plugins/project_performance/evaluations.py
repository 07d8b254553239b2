"""A year's evaluation, the projects in it and the sheets of those who judge."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Paper, Practice, RendaError, Turn, action, declare, rounded

from . import forms, totals

ROUND = MappingProxyType({"open": "评价中", "closed": "已报告"})
EVALUATION = MappingProxyType(
    {
        "listed": "待第三方评价",
        "reported": "待财政核实",
        "checked": "待审计核实",
        "audited": "待邀请评审",
        "rating": "专家代表评分中",
        "graded": "已评定",
        "rectifying": "整改中",
        "rectified": "已整改",
    }
)
RATING = MappingProxyType({"asked": "待评分", "given": "已评分", "excused": "不参加"})
GRADED = ("graded", "rectifying", "rectified")

declare(
    {
        "project_performance.second_round": "{year} 年度的绩效评价已经开展(事项 {number})。请在那里继续。",
        "project_performance.second_project": "“{project}”已列入本年度评价(事项 {number})。",
        "project_performance.empty": "还没有项目列入评价,不能报告。",
    },
    status=409,
)
declare(
    {
        "project_performance.no_organ": "项目“{project}”没有写明承担单位,请填写主管部门。",
        "project_performance.progress": "进度应在 0 至 100 之间,现为计划 {planned}、实际 {actual}。",
    }
)


class Evaluations(Practice):
    """The actions; the practice adds scores, facts and tables."""

    abstract = True

    @action("开展绩效评价", by="clerk", when=None, then="open", data=forms.Plan, kind="round")
    def begin(self, matter: Matter, plan: Mapping[str, Any], turn: Turn) -> None:
        for other in turn.records.matters(self.code, "round"):
            if other.payload.get("year") == plan["year"]:
                raise RendaError("project_performance.second_round", year=plan["year"], number=other.id)

    @action("形成评价报告", by="chair", when="open", then="closed", kind="round", children={"evaluation": GRADED})
    def report_round(self, matter: Matter) -> Change:
        evaluations = matter.children("evaluation")
        if not evaluations:
            raise RendaError("project_performance.empty")
        lines = [f"{each.title}:{each.payload['grade']}{self._slowly(each)}。" for each in evaluations]
        year = matter.payload["year"]
        first = f"{year} 年度重点项目绩效评价由{matter.payload['institution']}承担,财政、审计核实,专家和代表参加。"
        title = f"关于 {year} 年度重点项目绩效评价情况的报告"
        return Change(
            papers=[Paper("报告", title, (first, *lines), to=self.params.report_to, copies=self.params.copies_to)]
        )

    @action("列入评价", by="clerk", when=None, then="listed", data=forms.Subject, kind="evaluation", around="open")
    def list_project(self, matter: Matter, subject: Mapping[str, Any], turn: Turn) -> Change:
        project = turn.records.project(subject["project"])
        for other in () if matter.parent is None else matter.parent.children("evaluation"):
            if other.id != matter.id and other.payload.get("project") == project.id:
                raise RendaError("project_performance.second_project", project=project.name, number=other.id)
        if "organ" in subject:
            return Change()
        if project.organ is None:
            raise RendaError("project_performance.no_organ", project=project.name)
        return Change({"organ": project.organ.id})

    @action("登记推进情况", by="clerk", when=("listed", "reported", "checked", "audited", "rating"),
            data=forms.Progress, kind="evaluation", aside=True)  # fmt: skip
    def check_progress(self, matter: Matter, progress: Mapping[str, Any]) -> Change:
        planned, actual = progress["planned"], progress["actual"]
        if not (0 <= planned <= 100 and 0 <= actual <= 100):
            raise RendaError("project_performance.progress", planned=planned, actual=actual)
        return Change({"slow": totals.slow(progress, self.params).value})

    @action("第三方评价", by="clerk", when="listed", then="reported", data=forms.Report, kind="evaluation")
    def take_report(self, matter: Matter, report: Mapping[str, Any]) -> None:
        totals.check(report["points"], self.params.aspects)

    @action("财政核实", by=("finance", "clerk"), when="reported", then="checked", data=forms.Checked, kind="evaluation")
    def check_funds(self, matter: Matter) -> None: ...

    @action("审计核实", by=("audit", "clerk"), when="checked", then="audited", data=forms.Audited, kind="evaluation")
    def audit_funds(self, matter: Matter) -> None: ...

    @action("退回第三方", by="clerk", when=("checked", "audited"), then="listed", data=forms.Grounds,
            kind="evaluation", aside=True)  # fmt: skip
    def send_back(self, matter: Matter) -> None: ...

    @action("邀请评审", by="clerk", when="audited", then="rating", data=forms.Invitation, kind="evaluation")
    def invite(self, matter: Matter, invitation: Mapping[str, Any]) -> Change:
        sides = (("expert", invitation["experts"]), ("deputy", invitation["deputies"]))
        return Change(opens=[Opening("rating", {"rater": who, "side": side}) for side, some in sides for who in some])

    @action("评定等次", by="chair", when="rating", then=("graded", "rectifying"), kind="evaluation",
            children={"rating": ("given", "excused")})  # fmt: skip
    def settle(self, matter: Matter) -> Change:
        found = totals.of_project(matter, self.params)
        assert found is not None
        grade = str(totals.grade(found, self.params).value)
        organ = matter.party("subject")
        said = f"{matter.title}绩效评价综合得分 {rounded(found, 2).value},等次为“{grade}”。"
        bad = grade == self.params.deducted
        lines = [said, *(["请在期限内整改并报告结果。"] if bad else []), *matter.payload.get("audit_problems", ())]
        paper = Paper("函", "重点项目绩效评价结果告知函", lines, to=[organ.name] if organ else [])
        return Change({"grade": grade}, then="rectifying" if bad else "graded", papers=[paper])

    @action("报告整改", by="subject", when="rectifying", then="rectified", data=forms.Rectified, kind="evaluation")
    def rectify(self, matter: Matter) -> None: ...

    @action("请其评分", by="system", when=None, then="asked", data=forms.Rater, kind="rating")
    def ask(self, matter: Matter) -> None: ...

    @action("评分", by=("reader", "clerk"), when="asked", then="given", data=forms.Sheet, kind="rating")
    def rate(self, matter: Matter, sheet: Mapping[str, Any]) -> None:
        totals.check(sheet["given"], self.params.aspects)

    @action("不参加评分", by="clerk", when="asked", then="excused", data=forms.Grounds, kind="rating", aside=True)
    def excuse(self, matter: Matter) -> None: ...

    @staticmethod
    def _slowly(evaluation: Matter) -> str:
        return ",推进较差" if evaluation.payload.get("slow") else ""
