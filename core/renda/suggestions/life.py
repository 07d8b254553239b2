"""The whole life of a suggestion, for practices that differ only in how it is rated and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from renda.answers import Follow
from renda.kinds import Kind
from renda.matter import Actor, Event, Matter, Records
from renda.practice import hookimpl
from renda.suggestions.assigning import Assigning
from renda.suggestions.filing import Filing
from renda.suggestions.kinds import ASSIGNMENT, IMPLEMENTATION, RELATIONS, SUGGESTION, is_secret, last_rating, outermost
from renda.suggestions.params import LEVELS, SuggestionParams
from renda.suggestions.rating import Rating
from renda.suggestions.replying import Replying, main_parts
from renda.suggestions.telling import Telling

NEED_TO_KNOW = frozenset({"clerk", "chair", "system"})
REPLIES = ("reply", "report_implementation", "redo")


class SuggestionLife(Telling, Rating, Replying, Assigning, Filing):
    """Base of the practices that handle deputies' suggestions (代表建议、批评和意见).

    提出 → 审查 → 交办 → 签收 → 沟通 → 答复 → 评价答复 → 落实 → 评价落实 → 办结, with co-signers, merging, giving back,
    extension, withdrawal, secrecy, 二次办理 and 重点督办; the clocks are the district's. A practice adds two
    actions by ``proposer``: one ``when="answered", then=SuggestionLife.after_answer``, one
    ``when="implemented", then=SuggestionLife.after_implementation``, each of which returns ``self.rated(…)``;
    and its own way of counting.

    Sources: 代表法 on suggestions (three months for the reply, six where it is difficult); the order of the
    steps as in the provisions of 重庆, 上海, 浙江, 青岛, 北京, 山东, 河南 on deputies' suggestions.
    """

    abstract: ClassVar[bool] = True
    kinds: ClassVar[Sequence[Kind]] = (SUGGESTION, ASSIGNMENT)
    relations: ClassVar[Mapping[str, str]] = RELATIONS
    levels: ClassVar[Sequence[str]] = LEVELS
    after_answer: ClassVar[Sequence[str]] = ("implementing", "redoing", "deciding")
    after_implementation: ClassVar[Sequence[str]] = ("closed", "redoing", "deciding")

    class Params(SuggestionParams):
        """A practice adds the numbers of its rating."""

    def rating(self, matter: Matter, stage: str) -> Mapping[str, Any] | None:
        """The rating that holds at ``answer`` or ``implementation``: ``level``, ``grade``, ``reason``, ``day``."""
        return last_rating(matter, stage)

    def title_of(self, matter: Matter) -> str:
        """A suggestion by its title, an assignment by its suggestion, organ and part."""
        if matter.kind != "assignment" or matter.parent is None:
            return str(matter.payload.get("title") or super().title_of(matter))
        organ = next((party.name for party in matter.parties.get("assignee", ())), "")
        return f"{matter.parent.title}·{organ}"

    @hookimpl
    def may_see(self, matter: Matter, viewer: Actor) -> bool | None:
        """Who may see a suggestion, and with it its assignments.

        A secret one is for those who handle it, an unsigned draft for those asked to sign; the public sees
        what is closed and may be published; otherwise the core decides.
        """
        around = outermost(matter)
        involved = bool(viewer.roles & NEED_TO_KNOW) or bool(matter.relations_of(viewer))
        if is_secret(matter) or around.state == "signing":
            return involved
        if viewer.account_id is None and "system" not in viewer.roles:
            return around.state == "closed" and bool(around.payload.get("public"))
        return None

    @hookimpl
    def watched(self, matter: Matter) -> bool | None:
        """Who looks at a secret suggestion, or at what lies in it, stands in the record."""
        return is_secret(matter) or None

    @hookimpl
    def acted(self, event: Event, records: Records) -> Sequence[Follow]:
        """What an action on a suggestion means for its assignments, and the other way round.

        An action ``become_suggestion`` of another practice opens a suggestion, for its deputy to complete.
        """
        matter = event.matter
        if matter.practice != self.code:
            return self.brought(event)
        if matter.kind == "assignment":
            return self._after_assignment(event, matter)
        if event.went_to == event.came_from:
            return []
        return self._after_suggestion(event, matter)

    def _after_assignment(self, event: Event, matter: Matter) -> list[Follow]:
        suggestion = matter.parent
        if suggestion is None:
            return []
        part, organ = matter.payload["part"], matter.payload["organ"]
        if event.action == "approve_return":
            new = event.entries.get("to_organ")
            return [Follow("reassign", {"part": part, "old": organ, "new": new}, suggestion.id)]
        if event.action == "change_organ":
            exchange = {"part": part, "old": matter.payload["former_organ"], "new": organ}
            return [Follow("take_over", exchange, suggestion.id)]
        if event.action in REPLIES:
            return self._when_all_replied(suggestion)
        return []

    @staticmethod
    def _when_all_replied(suggestion: Matter) -> list[Follow]:
        parts = main_parts(suggestion)
        states = {each.state for each in parts}
        if suggestion.state == "handling" and states == {"answered"}:
            codes = sorted(each.payload["result_class"] for each in parts)
            return [Follow("replied", {"result_class": codes[-1]}, suggestion.id)]
        if suggestion.state == "implementing" and states == {"implemented"}:
            return [Follow("implemented", {}, suggestion.id)]
        wanted = "implemented" if suggestion.payload.get("redo_of") == IMPLEMENTATION else "answered"
        if suggestion.state == "redoing" and states == {wanted}:
            return [Follow("redone", {}, suggestion.id)]
        return []

    @staticmethod
    def _after_suggestion(event: Event, matter: Matter) -> list[Follow]:
        if event.went_to == "implementing":
            return [Follow("begin", {}, each.id) for each in main_parts(matter)]
        if event.went_to == "withdrawn":
            open_ones = [each for each in matter.children("assignment") if each.state not in ASSIGNMENT.ends]
            return [Follow("cancel", {}, each.id) for each in open_ones]
        if event.went_to == "merged":
            return [Follow("absorb", {"joined": matter.id}, matter.payload["into"])]
        if event.went_to == "redoing":
            return [Follow("order_redo", _order(matter, event), each.id) for each in main_parts(matter)]
        return []


def _order(matter: Matter, event: Event) -> dict[str, Any]:
    stage = matter.payload["redo_of"]
    rating = last_rating(matter, stage)
    reason = event.entries.get("decision_note") or ("" if rating is None else rating["reason"])
    order = {"redo_stage": stage, "redo_reason": reason}
    until = matter.payload.get("carry_until") if event.action == "decide" else None
    return {**order, "redo_until": until} if until else order
