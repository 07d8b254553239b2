"""The life of a nomination: screened, examined, heard, voted on, certified, sworn in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Appointment, Ballot, BallotSubject, Change, Matter, Turn, action, outcomes

from . import forms, orders, papers, refusals
from .removals import FIGURES, Removals

STATES = MappingProxyType(
    {
        "filed": "待资格初审",
        "qualified": "待法律知识考试",
        "resit": "待补考",
        "examined": "待表态发言",
        "spoken": "待提请表决",
        "held": "暂缓表决",
        "voting": "表决中",
        "passed": "待颁发任命书",
        "certified": "待宪法宣誓",
        "sworn": "已宣誓就职",
        "unqualified": "初审不合格",
        "barred": "考试不合格",
        "failed": "未获通过",
        "withdrawn": "已撤回",
    }
)
ENDS = ("sworn", "unqualified", "barred", "failed", "withdrawn")
BEFORE_VOTE = ("filed", "qualified", "resit", "examined", "spoken", "held")


class Life(Removals):
    """The actions on a nomination."""

    abstract = True

    @action("提请任命", by=("clerk", "department"), when=None, then="filed", data=forms.Nomination)
    def nominate(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> None:
        refusals.motion(said, self.params, turn)
        refusals.again(matter, said, self.params, turn)

    @action("资格初审合格", by="clerk", when="filed", then="qualified", data=forms.Review)
    def screen(self, matter: Matter) -> None: ...

    @action("资格初审不合格", by="clerk", when="filed", then="unqualified", data=forms.Grounds, aside=True)
    def reject(self, matter: Matter, why: Mapping[str, Any]) -> Change:
        return Change(papers=[papers.rejected(matter, self.nominator(matter), why["grounds"])])

    @action(
        "登记考试成绩", by="clerk", when=("qualified", "resit"), then=("examined", "resit", "barred"), data=forms.Exam
    )
    def examine(self, matter: Matter, exam: Mapping[str, Any], turn: Turn) -> Change:
        refusals.exam(matter, exam, self.params, turn)
        exams = [*matter.payload.get("exams", ()), dict(exam)]
        if exam["score"] >= self.params.pass_mark:
            return Change({"exams": exams}, "examined")
        if len(exams) <= self.params.resits:
            return Change({"exams": exams}, "resit")
        told = papers.barred(matter, self.nominator(matter), exam["score"], self.params.pass_mark)
        return Change({"exams": exams}, "barred", papers=[told])

    @action("免试", by="clerk", when="qualified", then="examined", data=forms.Exemption, aside=True)
    def exempt(self, matter: Matter, turn: Turn) -> None:
        refusals.exemption(matter, self.params, turn)

    @action("任前表态发言", by="clerk", when="examined", then="spoken", data=forms.Statement)
    def speak(self, matter: Matter, statement: Mapping[str, Any], turn: Turn) -> None:
        refusals.spoken(statement["spoken_on"], turn.day)

    @action("暂缓表决", by="chair", when="spoken", then="held", data=forms.Grounds, aside=True)
    def hold(self, matter: Matter) -> None: ...

    @action("恢复表决", by="chair", when="held", then="spoken", data=forms.Grounds)
    def resume(self, matter: Matter) -> None: ...

    @action("撤回提请", by=("clerk", "chair"), when=BEFORE_VOTE, then="withdrawn", data=forms.Grounds, aside=True)
    def withdraw(self, matter: Matter) -> None: ...

    @action("提请表决", by="clerk", when="spoken", then="voting", data=forms.Order)
    def put(self, matter: Matter, said: Mapping[str, Any], turn: Turn) -> Change:
        refusals.meeting(matter, turn.day)
        if self.params.order and not said.get("order"):
            orders.removal_first(matter, turn.records)
        return Change(ballots=[self._ballot(matter)])

    @action("重新提请表决", by="clerk", when="voting", data=forms.Grounds, aside=True)
    def put_again(self, matter: Matter) -> Change:
        return Change(ballots=[self._ballot(matter)])

    @action("表决结果", by="system", when="voting", then=("passed", "failed"), data=outcomes.BallotOutcome)
    def vote(self, matter: Matter, counted: Mapping[str, Any], turn: Turn) -> Change:
        given: Mapping[str, Any] = counted.get("figures", {})
        figures: dict[str, Any] = {name: given[name] for name in FIGURES if name in given}
        # The ballot itself keeps its figures with the sums; the matter keeps these five.
        figures |= {"figures": None, "outcome": None}
        nominator = self.nominator(matter)
        if counted.get("outcome") != "carried":
            again = f"连续 {self.params.failures_most} 次未获通过的,本届内不再提名同一职务。"
            told = papers.failed(matter, nominator, figures.get("yes", 0), figures.get("needed", 0), again)
            return Change(figures, papers=[told])
        held = matter.payload
        decision = f"{turn.day} 常委会会议表决通过"
        # Whatever the office entered since, the count of a ballot must not fail on it.
        known = refusals.held_of(held["candidate"], held["organ"], [held["post"]], turn)
        post = Appointment(held["candidate"], held["organ"], held["post"], held["head"], decision)
        return Change(
            {**figures, "appointed_on": turn.day},
            papers=papers.appointed(matter, turn.day, nominator, self.params.copies_to),
            appoints=[] if known else [post],
        )

    @action("颁发任命书", by="chair", when="passed", then="certified", data=forms.Certificate)
    def certify(self, matter: Matter, letter: Mapping[str, Any], turn: Turn) -> Change:
        refusals.certificate(matter, letter["certificate"], turn)
        return Change({"certified_on": turn.day})

    @action("宪法宣誓", by="clerk", when="certified", then="sworn", data=forms.Oath)
    def swear(self, matter: Matter, oath: Mapping[str, Any], turn: Turn) -> None:
        refusals.oath(matter, oath, turn.day)

    def _ballot(self, matter: Matter) -> Ballot:
        person, organ = matter.party("subject"), matter.party("assignee")
        assert person is not None, "a nomination names somebody"
        question = f"是否任命{person.name}为{'' if organ is None else organ.name}{matter.payload['post']}"
        subject = BallotSubject(person.name, matter=matter.id)
        return Ballot(question, "motion", self.params.vote, [subject])
