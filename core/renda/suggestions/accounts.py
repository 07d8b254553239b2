"""Yearly accounts: the counts of years whose suggestions were not entered one by one, with where they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from renda import fields
from renda.answers import Change
from renda.errors import RendaError, declare
from renda.explain import Explained, cite_matter, counted, leaf, total
from renda.i18n import gettext
from renda.kinds import Kind, action
from renda.matter import Matter, Records, Turn
from renda.schema import Schema
from renda.suggestions.forms import SESSIONS
from renda.suggestions.kinds import ASSIGNMENT, SUGGESTION
from renda.suggestions.life import SuggestionLife
from renda.suggestions.params import SuggestionParams
from renda.suggestions.telling import reference

declare(
    {
        "suggestion.account_number": "“{label}”应在 0 至办理件数 {handled} 之间,现为 {given}。",
        "suggestion.account_rated": "满意、基本满意、不满意合计 {rated} 件,超过办理件数 {handled}。",
        "suggestion.account_year": "台账年份 {year} 晚于今年。台账只登记已经过去或正在进行的年份。",
        "suggestion.account_own": "登记人不能核对自己登记的台账。请由另一个人核对。",
        "suggestion.period_days": "“{label}”的起始日 {since} 晚于截止日 {until}。",
    }
)
declare({"suggestion.account_twice": "{year} 年({session})的台账已经登记(事项 {number})。请在那里更正。"}, status=409)
COUNTS = ("led", "met", "replied", "finished", "carried_out", "satisfied", "mostly", "dissatisfied")


class Account(Schema):
    """A year's counts as they were published or kept elsewhere, and by whom."""

    year = fields.Year(required=True, label="年份")
    session = fields.Choice(SESSIONS, label="提出时间", hint="不分会议期间、闭会期间的不选")
    handled = fields.Int(required=True, label="办理件数")
    led = fields.Int(label="领导牵头督办件数")
    met = fields.Int(label="见面沟通件数")
    replied = fields.Int(label="答复件数")
    finished = fields.Int(label="办结件数")
    carried_out = fields.Int(label="落实到位件数")
    satisfied = fields.Int(label="满意件数")
    mostly = fields.Int(label="基本满意件数")
    dissatisfied = fields.Int(label="不满意件数")
    provenance = fields.Text(required=True, label="数字的来历", hint="出自哪份报告或台账,哪些是推算的")

    def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
        """No count is negative or above the suggestions handled, nor are the three levels together."""
        handled, wrong = values["handled"], {}
        for name in ("handled", *COUNTS):
            given = values.get(name) or 0
            if not 0 <= given <= max(handled, 0):
                label = self.fields[name].metadata["label"]
                wrong[name] = RendaError("suggestion.account_number", label=label, handled=handled, given=given)
        rated = sum(values.get(name) or 0 for name in ("satisfied", "mostly", "dissatisfied"))
        if not wrong and rated > handled:
            wrong["satisfied"] = RendaError("suggestion.account_rated", rated=rated, handled=handled)
        return wrong


class AccountPayload(Schema):
    """Who entered the counts."""

    registrar = fields.Str(label="登记人")


class Doubt(Schema):
    """Why an account is opened again or taken back."""

    doubt = fields.Text(required=True, label="原因")


class Period(Schema):
    """A time over which years are added up, such as a five-year plan or a term."""

    label = fields.Str(required=True, label="名称")
    since = fields.Date(required=True, label="起始日")
    until = fields.Date(required=True, label="截止日")


ACCOUNT = Kind(
    "account",
    "历年台账",
    {"registered": "待核对", "checked": "已核对", "dropped": "已撤销"},
    frozenset({"dropped"}),
    AccountPayload,
)


@dataclass(frozen=True)
class Tally:
    """What is added up: accounts of whole years, and suggestions entered one by one."""

    label: str
    accounts: Sequence[Matter]
    suggestions: Sequence[Matter]

    def number(self, label: str, entry: str, holds: Callable[[Matter], bool]) -> Explained:
        """The accounts' ``entry`` and the suggestions for which ``holds``, added; each account is a reason of its own."""
        told = [
            leaf(each.title, each.payload.get(entry) or 0, cite_matter(each.id, each.payload["provenance"]))
            for each in self.accounts
        ]
        single = counted("逐件录入", [reference(each) for each in self.suggestions if holds(each)])
        return total(label, *told, single)


class SuggestionAccounts(SuggestionLife):
    """A practice on suggestions that also adds up years of which only the counts are known.

    An account is entered by a clerk and counts once somebody else has checked it. It never stands for a
    suggestion: whatever was entered one by one must not be in an account as well.
    """

    abstract: ClassVar[bool] = True
    kinds: ClassVar[Sequence[Kind]] = (SUGGESTION, ASSIGNMENT, ACCOUNT)

    class Params(SuggestionParams):
        """The life of a suggestion, and the times that are added up."""

        periods = fields.List(fields.Nested(Period), load_default=list, label="合计的时段")

        def mistakes(self, values: Mapping[str, Any]) -> Mapping[str, RendaError]:
            """Times that end before they begin."""
            wrong = dict(super().mistakes(values))
            for each in values["periods"]:
                if each["since"] > each["until"]:
                    wrong["periods"] = RendaError("suggestion.period_days", **each)
            return wrong

    def title_of(self, matter: Matter) -> str:
        """An account by its year."""
        if matter.kind != "account":
            return super().title_of(matter)
        session = matter.payload.get("session")
        return f"{matter.payload.get('year')}年{SESSIONS[session] if session else ''}台账"

    @action("登记历年台账", by="clerk", when=None, then="registered", data=Account, kind="account")
    def register(self, matter: Matter, account: Mapping[str, Any], turn: Turn) -> Change:
        """Enter a year's counts with where they come from."""
        self._check(matter, account, turn)
        return Change({"registrar": turn.actor.name})

    @action("更正台账", by="clerk", when="registered", data=Account, kind="account", aside=True)
    def amend(self, matter: Matter, account: Mapping[str, Any], turn: Turn) -> Change:
        """Enter the counts anew; what is left empty is no longer known."""
        self._check(matter, account, turn)
        emptied = {name: None for name in ("session", *COUNTS) if account.get(name) is None}
        return Change({**emptied, "registrar": turn.actor.name})

    @action("核对台账", by=("auditor", "clerk", "chair"), when="registered", then="checked", kind="account")
    def check_account(self, matter: Matter, turn: Turn) -> None:
        """Somebody else than who entered it has compared it with its source; from now on it counts."""
        if turn.actor.name == matter.payload["registrar"]:
            raise RendaError("suggestion.account_own")

    @action(
        "重新打开台账",
        by=("auditor", "chair"),
        when="checked",
        then="registered",
        data=Doubt,
        kind="account",
        aside=True,
    )
    def reopen(self, matter: Matter) -> None:
        """The counts are in doubt and do not count until they are checked again."""

    @action("撤销台账", by="clerk", when="registered", then="dropped", data=Doubt, kind="account", aside=True)
    def drop(self, matter: Matter) -> None:
        """It was entered by mistake."""

    def _check(self, matter: Matter, account: Mapping[str, Any], turn: Turn) -> None:
        year, session = account["year"], account.get("session")
        if year > turn.day.year:
            raise RendaError("suggestion.account_year", year=year)
        for other in turn.records.matters(self.code, "account", states=("registered", "checked")):
            same = other.payload.get("year") == year and other.payload.get("session") == session
            if same and other.id != matter.id:
                named = gettext(SESSIONS[session]) if session else gettext("不分")
                raise RendaError("suggestion.account_twice", year=year, session=named, number=other.id)

    def tallies(self, records: Records, since: date, until: date) -> list[Tally]:
        """The years from ``since`` to ``until`` of which anything is known, each with what is added up.

        An account belongs to its year whichever day it was entered; of the suggestions those count that were
        handed over (see ``reported``).
        """
        years: dict[int, tuple[list[Matter], list[Matter]]] = {}
        for each in records.matters(self.code, "account", states=("checked",)):
            if since.year <= each.payload["year"] <= until.year:
                years.setdefault(each.payload["year"], ([], []))[0].append(each)
        for each in self.reported(records, since, until):
            years.setdefault(each.opened_on.year, ([], []))[1].append(each)
        return [Tally(f"{year}年", *years[year]) for year in sorted(years)]

    @staticmethod
    def together(label: str, tallies: Sequence[Tally]) -> Tally:
        """Several years as one."""
        return Tally(
            label,
            [account for each in tallies for account in each.accounts],
            [suggestion for each in tallies for suggestion in each.suggestions],
        )
