"""An account: every measure of its category once, balanced, its opening the closing of the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Practice, RendaError, Turn, action, declare

from . import forms

declare(
    {
        "state_assets.measures": "“{category}”的指标应为:{wanted};现在写的是:{given}。",
        "state_assets.negative": "“{measure}”不能小于 0,现为 {given}。",
        "state_assets.not_exact": "“{category}”{place}不平:资产 {assets} 减负债 {liabilities} 应等于净资产,现为 {equity}。",
        "state_assets.too_much": "“{category}”{place}不平:国有权益 {equity} 超过资产 {assets} 减负债 {liabilities}。",
        "state_assets.opening": "“{measure}”年初数 {opening} 与上年年末数 {closing} 不同(事项 {number})。"
        "请改正,或者填写年初数调整说明。",
        "state_assets.own_account": "登记人不能核对自己登记的资产账。请由另一个人核对。",
    }
)
declare({"state_assets.account_twice": "“{category}”本年度已有资产账(事项 {number})。请在那里改正。"}, status=409)

STATES = MappingProxyType({"entered": "待核对", "returned": "已退回", "checked": "已核对"})


class Accounts(Practice):
    """The actions on an account."""

    abstract = True

    @action(
        "填报资产账",
        by=("keeper", "clerk"),
        when=None,
        then="entered",
        data=forms.Account,
        kind="account",
        around="gathering",
    )
    def enter(self, matter: Matter, account: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None, "an account lies in a year"
        category = self.category(account["category"])
        for other in matter.parent.children("account"):
            if other.id != matter.id and other.payload.get("category") == account["category"]:
                raise RendaError("state_assets.account_twice", category=category["label"], number=other.id)
        self._check(matter.parent, category, account, turn)
        return Change({"registrar": turn.actor.name})

    @action("核对资产账", by=("clerk", "auditor"), when="entered", then="checked", kind="account")
    def check_account(self, matter: Matter, turn: Turn) -> None:
        if turn.actor.name == matter.payload["registrar"]:
            raise RendaError("state_assets.own_account")

    @action(
        "退回资产账",
        by=("clerk", "auditor"),
        when="entered",
        then="returned",
        data=forms.Returned,
        kind="account",
        aside=True,
    )
    def return_account(self, matter: Matter) -> None: ...

    @action("改正资产账", by=("keeper", "clerk"), when="returned", then="entered", data=forms.Corrected, kind="account")
    def correct(self, matter: Matter, account: Mapping[str, Any], turn: Turn) -> Change:
        assert matter.parent is not None, "an account lies in a year"
        self._check(matter.parent, self.category(matter.payload["category"]), account, turn)
        return Change({"registrar": turn.actor.name, "because": account.get("because")})

    def category(self, code: str) -> Mapping[str, Any]:
        """The district's category of that code."""
        found: Mapping[str, Any] = next(each for each in self.params.categories if each["code"] == code)
        return found

    def _check(self, year: Matter, category: Mapping[str, Any], account: Mapping[str, Any], turn: Turn) -> None:
        complete(category, account["amounts"])
        for place, end in (("年初数", "opening"), ("年末数", "closing")):
            balanced(category, place, {each["measure"]: each[end] for each in account["amounts"]})
        if account.get("because"):
            return
        before = self.year_before(year, turn)
        for other in () if before is None else before.children("account"):
            if other.payload["category"] == category["code"] and other.state == "checked":
                _follows_on(category, other, account["amounts"])

    def year_before(self, year: Matter, turn: Turn) -> Matter | None:
        """The year before this one, where it was reported here."""
        every = turn.records.matters(self.code, "year")
        return next((each for each in every if each.payload.get("year") == year.payload["year"] - 1), None)


def complete(category: Mapping[str, Any], amounts: Sequence[Mapping[str, Any]]) -> None:
    """Every measure of the category stands once and no other; quantities are not negative, equity may be."""
    labels = {each["code"]: each["label"] for each in category["measures"]}
    given = [each["measure"] for each in amounts]
    if sorted(given) != sorted(labels):
        said = {"category": category["label"], "wanted": "、".join(labels), "given": "、".join(given)}
        raise RendaError("state_assets.measures", **said)
    for each in amounts:
        low = min(each["opening"], each["closing"])
        if low < 0 and each["measure"] != "equity":
            raise RendaError("state_assets.negative", measure=labels[each["measure"]], given=low)


def balanced(category: Mapping[str, Any], place: str, values: Mapping[str, Any]) -> None:
    """Assets less liabilities are the equity, or bound it where others hold a share of it as well."""
    if category["balance"] == "none":
        return
    net = values["assets"] - values["liabilities"]
    said = {name: values[name] for name in ("assets", "liabilities", "equity")}
    if category["balance"] == "exact" and values["equity"] != net:
        raise RendaError("state_assets.not_exact", category=category["label"], place=place, **said)
    if category["balance"] == "at_most" and values["equity"] > net:
        raise RendaError("state_assets.too_much", category=category["label"], place=place, **said)


def _follows_on(category: Mapping[str, Any], before: Matter, amounts: Sequence[Mapping[str, Any]]) -> None:
    closing = {each["measure"]: each["closing"] for each in before.payload["amounts"]}
    labels = {each["code"]: each["label"] for each in category["measures"]}
    for each in amounts:
        name, opening = each["measure"], each["opening"]
        if closing.get(name, opening) != opening:
            said = {"measure": labels[name], "opening": opening, "closing": closing[name], "number": before.id}
            raise RendaError("state_assets.opening", **said)
