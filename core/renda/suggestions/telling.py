"""What suggestions tell the rest of the house: facts for other practices, pages of organs and deputies, the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from renda.answers import Entry, Fact, Section, Sheet
from renda.explain import Explained, counted, leaf, percent, ratio
from renda.i18n import gettext
from renda.matter import Actor, Matter, Party, Records
from renda.practice import Practice, hookimpl
from renda.suggestions.kinds import ANSWER, ANSWERING, IMPLEMENTATION, STAGES, is_secret, level_of, overall_level
from renda.suggestions.ledgers import classes_sheet, promises_sheet
from renda.suggestions.params import DISSATISFIED

COUNTED = ("handling", "answered", "redoing", "implementing", "implemented", "deciding", "closed")
GONE = frozenset({"transferred", "cancelled"})
_DAY = timedelta(days=1)


def reference(matter: Matter) -> str:
    """How a suggestion is named among the reasons of a figure: by number, as not every title is public."""
    return f"{matter.id}号"


class Telling(Practice):
    """Facts, sections and sheets.

    Secret suggestions are in none of them; merged ones are counted once, in the suggestion that was answered.
    """

    abstract: ClassVar[bool] = True

    def suggestions(self, records: Records, until: date, since: date | None = None) -> list[Matter]:
        """The suggestions begun from ``since`` to ``until`` that may be spoken of; secret ones may not."""
        found = records.matters(self.code, "suggestion", since=since, until=until)
        return [each for each in found if not is_secret(each)]

    def satisfaction(self, label: str, rated: Sequence[tuple[Matter, str]]) -> Explained:
        """The share of suggestions whose level the district counts as satisfied, of those rated."""
        levels = self.params.satisfied_levels
        good = [reference(matter) for matter, level in rated if level in levels]
        everybody = [reference(matter) for matter, _ in rated]
        return ratio(label, counted("满意件数", good), counted("评价件数", everybody))

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Records) -> Sequence[Fact]:
        """What happened to suggestions, for other practices.

        ``suggestion.filed`` of the deputy who leads it, ``suggestion.signed`` of each co-signer; of an organ ``suggestion.answered``, ``.late``, ``.rated``,
        ``.dissatisfied``, and ``.satisfaction``: of the suggestions it leads that were rated in the time, the
        share that is satisfied by the last rating in it.
        """
        known = self.suggestions(records, until)
        by_number = {each.id: each for each in known}
        assignments = [
            each for each in records.matters(self.code, "assignment", until=until) if _parent_of(each) in by_number
        ]
        told = [*self._filed(known), *self._rated(known), *self._answered(assignments, until)]
        inside = [fact for fact in told if since <= fact.day <= until]
        inside += self._satisfaction_facts(known, since, until)
        return [fact for fact in inside if subject is None or fact.subject.key == subject.key]

    @staticmethod
    def _filed(known: Sequence[Matter]) -> Iterator[Fact]:
        for matter in known:
            day = matter.payload.get("filed_on")
            if day is None:
                continue
            for party in matter.parties.get("proposer", ()):
                text = gettext("提出建议“{title}”", title=matter.title)
                yield Fact("suggestion.filed", party, day, text, matter=matter.id)
            for party in matter.parties.get("co-signer", ()):
                text = gettext("附议建议“{title}”", title=matter.title)
                yield Fact("suggestion.signed", party, day, text, matter=matter.id)

    @staticmethod
    def _rated(known: Sequence[Matter]) -> Iterator[Fact]:
        for matter in known:
            for rating in matter.payload.get("ratings") or ():
                stage = gettext(STAGES[rating["stage"]])
                level = gettext(rating["level"])
                text = gettext("“{title}”{stage}被评为{level}", title=matter.title, stage=stage, level=level)
                for organ in matter.parties.get("lead", ()):
                    yield Fact("suggestion.rated", organ, rating["day"], text, matter=matter.id)
                    if rating["level"] == DISSATISFIED:
                        yield Fact("suggestion.dissatisfied", organ, rating["day"], text, matter=matter.id)

    @staticmethod
    def _answered(assignments: Sequence[Matter], until: date) -> Iterator[Fact]:
        for matter in assignments:
            organ, payload = matter.all_parties("assignee")[0], matter.payload
            if payload["part"] not in ANSWERING or matter.state in GONE:
                continue
            replied, last = payload.get("replied_on"), payload.get("reply_due")
            title = "" if matter.parent is None else matter.parent.title
            if replied is not None:
                text = gettext("答复建议“{title}”", title=title)
                yield Fact("suggestion.answered", organ, replied, text, matter=matter.id)
            late = (replied or until) - last if last is not None else timedelta()
            if last is not None and late > timedelta():
                text = gettext("建议“{title}”逾期答复", title=title)
                yield Fact("suggestion.late", organ, last + _DAY, text, leaf("逾期天数", late.days), matter.id)

    def _satisfaction_facts(self, known: Sequence[Matter], since: date, until: date) -> Iterator[Fact]:
        found: defaultdict[str, list[tuple[Matter, str]]] = defaultdict(list)
        organs: dict[str, Party] = {}
        for matter in known:
            inside = [each for each in matter.payload.get("ratings") or () if since <= each["day"] <= until]
            for organ in matter.parties.get("lead", ()) if inside else ():
                organs[organ.key] = organ
                found[organ.key].append((matter, str(inside[-1]["level"])))
        for key, rated in found.items():
            number = self.satisfaction("建议满意率", rated)
            text = gettext("{organ}承办建议的满意率", organ=organs[key].name)
            yield Fact("suggestion.satisfaction", organs[key], until, text, number)

    @hookimpl
    def dossier(self, subject: Party, viewer: Actor, records: Records) -> Sequence[Section]:
        """An organ's suggestions as lead, a deputy's as proposer; secret ones not even for those who handle them."""
        relation = "lead" if subject.noun == "organ" else "proposer"
        found = records.matters(self.code, "suggestion", party=subject, relation=relation)
        visible = [each for each in found if not is_secret(each)]
        if not visible:
            return []
        rated = [(each, level) for each in visible if (level := overall_level(each)) is not None]
        entries = [self._entry(each) for each in reversed(visible)]
        title = "承办的代表建议" if relation == "lead" else "提出的代表建议"
        return [Section(title, entries, [self.satisfaction("建议满意率", rated)] if rated else [])]

    def _entry(self, matter: Matter) -> Entry:
        state = gettext(self.kind("suggestion").states[matter.state])
        level = overall_level(matter)
        words = (matter.title, state, gettext(level) if level else "")
        return Entry(matter.opened_on, "·".join(word for word in words if word), matter.id)

    @hookimpl
    def sheets(self, since: date, until: date, records: Records) -> Sequence[Sheet]:
        """The sheets of every practice on suggestions."""
        return self.common_sheets(records, since, until)

    def common_sheets(self, records: Records, since: date, until: date) -> list[Sheet]:
        """The report printed for the congress and published, the classes of the replies, what organs promised."""
        known = self.reported(records, since, until)
        replied = [each for each in known if each.payload.get("result_class")]
        promised = [each for each in records.matters(self.code, "assignment", until=until) if not is_secret(each)]
        return [
            self.handling_sheet(known),
            classes_sheet(replied, self.params.result_classes),
            promises_sheet([each for each in promised if each.state not in GONE], since, until),
        ]

    def reported(self, records: Records, since: date, until: date) -> list[Matter]:
        """The suggestions of a time that were handed over to organs: neither refused, withdrawn nor merged."""
        return [each for each in self.suggestions(records, until, since) if each.state in COUNTED]

    def overall(self, known: Sequence[Matter]) -> Explained:
        """The satisfaction with suggestions rated at both stages, each by the worse of its two levels."""
        return self.satisfaction(
            "总体满意率", [(each, level) for each in known if (level := overall_level(each)) is not None]
        )

    def handling_sheet(self, known: Sequence[Matter]) -> Sheet:
        """One line for each suggestion handed over that may be published, with the figures of the whole."""
        published = [each for each in known if each.payload.get("public")]
        classes: Mapping[str, Mapping[str, object]] = {each["code"]: each for each in self.params.result_classes}
        replied = [each for each in known if each.payload.get("result_class")]
        solved = [each for each in replied if classes[each.payload["result_class"]]["counts_as_solved"]]
        named = counted("交办件数", [reference(each) for each in known])
        answered = counted("已答复件数", [reference(each) for each in replied])
        done = counted("已解决件数", [reference(each) for each in solved])
        figures = [
            percent(ratio("答复率", answered, named), 1),
            percent(ratio("解决率", done, answered), 1),
            percent(self.overall(known), 1),
        ]
        rows = [self._row(each) for each in published]
        columns = ["编号", "标题", "领衔代表", "主办单位", "答复类别", "答复评价", "落实评价", "状态", "并入件数"]
        return Sheet(
            "handling",
            "代表建议办理情况报告",
            columns,
            rows,
            figures,
            public=True,
            public_reason="only suggestions whose proposer lets them be published",
        )

    def _row(self, matter: Matter) -> list[object]:
        return [
            matter.id,
            matter.title,
            "、".join(each.name for each in matter.parties.get("proposer", ())),
            "、".join(each.name for each in matter.parties.get("lead", ())),
            matter.payload.get("result_class") or "",
            gettext(level_of(matter, ANSWER) or ""),
            gettext(level_of(matter, IMPLEMENTATION) or ""),
            gettext(self.kind("suggestion").states[matter.state]),
            len(matter.payload.get("merged") or ()),
        ]


def _parent_of(matter: Matter) -> int | None:
    return None if matter.parent is None else matter.parent.id
