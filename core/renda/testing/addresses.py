"""Every address a district's pages and API can be read at, filled with what the district keeps.

Made from the application's own map of addresses, so that a new page is covered without being named here: where the map
has a variable nobody here can fill, ``test.address`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from renda import fields
from renda.errors import RendaError, declare
from renda.matter import SYSTEM
from renda.model import (
    BallotRow,
    MatterRow,
    MeetingRow,
    NoticeRow,
    OrganRow,
    PersonRow,
    ProjectRow,
    QuestionnaireRow,
)
from renda.services import tables, visible_records
from renda.services.desk import Desk
from renda.services.reading import rules_of
from renda.web.api import ballots
from renda.web.pages import meeting_deeds, questionnaire_deeds

declare({"test.address": "地址“{rule}”里的“{argument}”没有可填的内容。请在 renda.testing.addresses 里补上。"})

_TABLES: Mapping[str, Any] = {
    "ballots": BallotRow,
    "matters": MatterRow,
    "meetings": MeetingRow,
    "notices": NoticeRow,
    "organs": OrganRow,
    "people": PersonRow,
    "projects": ProjectRow,
    "questionnaires": QuestionnaireRow,
}
_LISTS = ("matters", "notices", "deputies", "officials", "organs", "projects")
MOST_NUMBERS = 40
MOST_SHEETS = 12
Values = Mapping[str, Any]


class Addresses:
    """The addresses of one district; numbers are the newest of each sort, at most ``most``."""

    def __init__(self, app: Flask, desk: Desk, slug: str, *, most: int = MOST_NUMBERS) -> None:
        self.app = app
        self.most = most
        self.desk = desk
        self.slug = slug

    def rules(self, method: str) -> Iterator[Rule]:
        """The rules of the district's pages and API that answer to a method."""
        for rule in self.app.url_map.iter_rules():
            if method in (rule.methods or ()) and rule.endpoint.split(".")[0] in {"district", "api"}:
                yield rule

    def read(self) -> Iterator[str]:
        """Every address to read, lists also narrowed and as files."""
        for rule in self.rules("GET"):
            for values in self.filled(rule):
                yield self.built(rule, values)
        home, api = f"/{self.slug}", f"/api/{self.slug}"
        for number in self.numbers("matters"):
            yield from (f"{api}/{name}={number}" for name in ("events?matter", "notices?matter", "matters?parent"))
        for code in self.desk.rulebook.versions:
            yield from (f"{home}/matters?practice={code}", f"{api}/matters?practice={code}")
        yield from (f"{home}/{name}?format=csv" for name in ("matters", "notices/"))

    def built(self, rule: Rule, values: Values) -> str:
        """The address of a rule with these values."""
        built = rule.build({**values, "slug": self.slug}, append_unknown=False)
        if built is None:
            raise RendaError("test.address", rule=rule.rule, argument="、".join(sorted(rule.arguments)))
        return built[1]

    def filled(self, rule: Rule) -> Iterator[Values]:
        """What the variables of a rule can be; nothing where the district keeps nothing of the sort."""
        name = rule.endpoint.split(".")[1]
        made: Callable[[], Sequence[Values]] | None = getattr(self, f"fill_{name}", None)
        if made is not None:
            yield from made()
            return
        arguments = sorted(rule.arguments - {"slug"})
        choices = [self._choices(rule, argument) for argument in arguments]
        for chosen in product(*choices):
            yield dict(zip(arguments, chosen, strict=True))

    def numbers(self, noun: str) -> Sequence[int]:
        """The newest numbers of a sort."""
        table = _TABLES[noun]
        return self.desk.session.scalars(select(table.id).order_by(table.id.desc()).limit(self.most)).all()

    def _choices(self, rule: Rule, argument: str) -> Sequence[Any]:
        words = [word for word in rule.rule.split("/") if word in _TABLES]
        if argument == "number" and words:
            return self.numbers(words[0])
        if argument in {"practice", "code"}:
            return list(self.desk.rulebook.versions)
        known: Mapping[str, Sequence[Any]] = {"token": ("nowhere",), "form": ("csv",), "what": ("rows",)}
        if argument not in known:
            raise RendaError("test.address", rule=rule.rule, argument=argument)
        return known[argument]

    @cached_property
    def _matters(self) -> Sequence[MatterRow]:
        query = select(MatterRow).order_by(MatterRow.id.desc()).limit(self.most)
        return self.desk.session.scalars(query).all()

    def fill_acting(self) -> list[Values]:
        """Every action of every matter."""
        return [{"number": row.id, "name": name} for row, name in self._actions()]

    def fill_act_on_matter(self) -> list[Values]:
        """Every action of every matter."""
        return [{"number": row.id, "action": name} for row, name in self._actions()]

    def _actions(self) -> Iterator[tuple[MatterRow, str]]:
        for row in self._matters:
            for action in rules_of(self.desk, row).practice.kind(row.kind).actions.values():
                if action.when is not None:
                    yield row, action.name

    def fill_opening(self) -> list[Values]:
        """Every action that opens a matter."""
        return [{"practice": code, "name": name} for code, name in self._openings()]

    def fill_open_matter(self) -> list[Values]:
        """Every action that opens a matter."""
        return [{"practice": code, "action": name} for code, name in self._openings()]

    def _openings(self) -> Iterator[tuple[str, str]]:
        for code, rules in self.desk.rulebook.on(self.desk.day).practices.items():
            for kind in rules.practice.kind_of.values():
                yield from ((code, action.name) for action in kind.openings)

    def fill_matter_file(self) -> list[Values]:
        """The entries that are files; where a kind has none, a name that is none."""
        found: list[Values] = []
        for row in self._matters:
            known = rules_of(self.desk, row).practice.payload(row.kind).fields
            entries = [name for name, field in known.items() if isinstance(field, fields.TextFile)]
            found += [{"number": row.id, "entry": name} for name in entries or ("record",)]
        return found

    fill_get_matter_file = fill_matter_file

    @cached_property
    def _sheets(self) -> list[Values]:
        day = self.desk.day
        answers = visible_records.reports(self.desk, SYSTEM, day.replace(month=1, day=1), day)
        every = [{"practice": answer.rules.code, "code": sheet.code} for answer in answers for sheet in answer.said]
        return list(every[:MOST_SHEETS])

    def fill_sheet(self) -> list[Values]:
        """The reports of this year."""
        return self._sheets

    def fill_get_sheet_file(self) -> list[Values]:
        """The reports of this year as files."""
        return [{**each, "form": "csv"} for each in self._sheets]

    def fill_public_sheet(self) -> list[Values]:
        """The reports of this year."""
        return [{**each, "year": self.desk.day.year} for each in self._sheets]

    def fill_get_table(self) -> list[Values]:
        """Every list as a file."""
        return [{"name": name, "form": "csv"} for name in _LISTS]

    @cached_property
    def _tables(self) -> list[Values]:
        return [{"name": entry.name} for entry in tables.listed(self.desk, SYSTEM)]

    def fill_table(self) -> list[Values]:
        """The tables somebody may bring."""
        return self._tables

    fill_get_table_template = fill_export_table = fill_bring_table = fill_table

    def fill_table_file(self) -> list[Values]:
        """The tables with their rows."""
        return [{**each, "what": "rows", "form": "csv"} for each in self._tables]

    def fill_minutes_file(self) -> list[Values]:
        """The minutes as text."""
        return [{"number": number, "name": "txt"} for number in self.numbers("meetings")]

    def fill_meeting_deed(self) -> list[Values]:
        """Everything done to a sitting."""
        names = (*meeting_deeds.DEEDS, meeting_deeds.SEATS, meeting_deeds.SLIP)
        return [{"number": number, "name": name} for number in self.numbers("meetings") for name in names]

    def fill_questionnaire_deed(self) -> list[Values]:
        """Everything done to a questionnaire."""
        names = (*questionnaire_deeds.DEEDS, questionnaire_deeds.CODES)
        return [{"number": number, "name": name} for number in self.numbers("questionnaires") for name in names]

    def fill_run_ballot(self) -> list[Values]:
        """Everything done to a ballot."""
        return [{"number": number, "deed": name} for number in self.numbers("ballots") for name in ballots.DEEDS]
