"""A link: scheduled with its places, signed in to, recorded with what was raised, closed when all is answered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from renda import Change, Matter, Opening, Practice, Turn, action

from . import forms, papers, refusals

LINK = MappingProxyType({"scheduled": "已安排", "held": "已连线", "closed": "已办结", "cancelled": "已取消"})


class Links(Practice):
    """The actions on a link."""

    abstract = True

    @action("安排连线", by=("clerk", "organizer"), when=None, then="scheduled", data=forms.Link, kind="link")
    def schedule(self, matter: Matter, link: Mapping[str, Any], turn: Turn) -> Change:
        refusals.sites(link["sites"])
        refusals.time(self.code, matter, link, turn)
        organs = list(dict.fromkeys(each["organ"] for each in link["sites"]))
        names = [turn.records.party("organ", number).name for number in organs]
        return Change({"organs": organs}, papers=[papers.invitation(link, names)])

    @action("改期", by=("clerk", "organizer"), when="scheduled", data=forms.Time, kind="link", aside=True)
    def move(self, matter: Matter, fresh: Mapping[str, Any], turn: Turn) -> Change:
        moved = {**matter.payload, **fresh}
        refusals.time(self.code, matter, moved, turn)
        names = [party.name for party in matter.parties.get("site", ())]
        return Change(papers=[papers.invitation(moved, names, moved=True)])

    @action(
        "取消连线",
        by=("clerk", "organizer"),
        when="scheduled",
        then="cancelled",
        data=forms.Off,
        kind="link",
        aside=True,
    )
    def cancel(self, matter: Matter) -> Change:
        return Change({"address": None})

    @action("签到", by=("participant", "clerk", "site"), when="scheduled", data=forms.CheckIn, kind="link", aside=True)
    def check_in(self, matter: Matter, check_in: Mapping[str, Any], turn: Turn) -> Change:
        fresh = [{"deputy": number, "site": check_in["site"]} for number in refusals.present(matter, check_in, turn)]
        kept = [*map(dict, matter.payload.get("signed", ())), *fresh]
        return Change({**dict.fromkeys(check_in), "signed": kept})

    @action("记录连线", by=("clerk", "organizer"), when="scheduled", then="held", data=forms.Held, kind="link")
    def record(self, matter: Matter, held: Mapping[str, Any], turn: Turn) -> Change:
        refusals.not_yet(matter, turn)
        refusals.nobody(matter)
        # The call is over: its address opens nothing any more and is not kept.
        emptied = {"address": None, "raised": None}
        return Change(emptied, opens=[Opening("item", dict(each)) for each in held.get("raised", ())])

    @action(
        "办结连线",
        by="clerk",
        when="held",
        then="closed",
        kind="link",
        children={"item": ("told", "suggested", "listed")},
    )
    def close(self, matter: Matter) -> Change:
        names = [party.name for party in matter.parties.get("site", ())]
        return Change(papers=[papers.outcome(matter, names)])
