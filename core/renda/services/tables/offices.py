"""The tables of the roster that say who holds what since when: appointments and deputies' mandates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import insert, select

from renda.errors import declare
from renda.model import AppointmentRow, MandateRow, OrganRow, PersonRow
from renda.services.desk import Desk
from renda.services.imports.characters import person_name
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.tables.roster import Codes, Key, Roster, check_period, codes_of, longest, own, portions
from renda.services.tables.shapes import Column

declare(
    {
        "tables.other_name": "代码“{code}”是{known},这里写的姓名是“{name}”。请核对代码和姓名;改名请在人员表里改。",
        "tables.no_name": "没有代码为“{code}”的人员。新代表请写明姓名。",
    }
)


class Appointments(Roster):
    """Posts: who, where, which, since when."""

    table = AppointmentRow
    defaults: ClassVar[Mapping[str, Any]] = {"head": False, "until": None, "decision": ""}
    columns = (
        Column("person", "人员代码", required=True, sort="person"),
        Column("organ", "机构代码", required=True, sort="organ"),
        Column("post", "职务", required=True, most=longest(AppointmentRow, "post")),
        Column("since", "任职日期", required=True, sort="date"),
        Column("until", "离任日期", sort="date", note="最后一天;在任的留空"),
        Column("head", "主要负责人", sort="yes_no", note="新的空白为否"),
        Column("decision", "任免决定", most=longest(AppointmentRow, "decision")),
    )

    def __init__(self, desk: Desk) -> None:
        self.people, self.organs = codes_of(desk, PersonRow), codes_of(desk, OrganRow)
        self.references = {"person": Codes(self.people, "人员"), "organ": Codes(self.organs, "机构")}
        super().__init__(desk)
        self.file = ""

    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """See ``Roster``."""
        people = {number: code for code, (number, _) in self.people.items()}
        organs = {number: code for code, (number, _) in self.organs.items()}
        held = AppointmentRow.__table__.c
        query = select(AppointmentRow.__table__).where(own(self.desk, AppointmentRow)).order_by(held.id)
        for row in self.desk.session.execute(query):
            values = {"id": row.id, "head": row.head, "until": row.until, "decision": row.decision}
            yield (people[row.person_id], organs[row.organ_id], row.post, row.since), values

    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """See ``Roster``."""
        self.file = row.file
        check_period(cells["since"], cells.get("until"))
        values = {name: cells[name] for name in ("until", "head", "decision") if name in cells}
        return (cells["person"], cells["organ"], cells["post"], cells["since"]), values

    def finish(self, mistakes: Mistakes) -> None:
        """Nobody holds the same post of the same organ twice at a time."""
        groups = {key[:-1]: self.people[key[0]][1] for key in {**self.fresh, **self.different}}
        self.overlaps(groups, mistakes, self.file, "people.overlap")

    def named(self, group: Key) -> dict[str, Any]:
        """See ``Roster``."""
        return {"organ": self.organs[group[1]][1], "post": group[2]}

    def written(self, key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
        """See ``Roster``."""
        person, organ, post, since = key
        held = {"person_id": self.people[person][0], "organ_id": self.organs[organ][0], "post": post, "since": since}
        return {**held, **values}

    def rows(self) -> Iterator[Sequence[Any]]:
        """See ``Roster``."""
        for key, row in sorted(self.known.items(), key=lambda each: each[0]):
            yield *key, row["until"], row["head"], row["decision"]


class Deputies(Roster):
    """Mandates: who, since when; a person the roster does not know yet is entered with the mandate."""

    table = MandateRow
    defaults: ClassVar[Mapping[str, Any]] = {
        "constituency": "",
        "delegation": "",
        "committee_member": False,
        "until": None,
    }
    columns = (
        Column("person", "人员代码", required=True, most=longest(PersonRow, "code"), names="code"),
        Column("name", "姓名", most=longest(PersonRow, "name"), note="名册里还没有的人必须写", names="person"),
        Column("since", "任期起", required=True, sort="date"),
        Column("until", "任期止", sort="date", note="最后一天;在任的留空"),
        Column("constituency", "选区", most=longest(MandateRow, "constituency")),
        Column("delegation", "代表团", most=longest(MandateRow, "delegation")),
        Column("committee_member", "常委会组成人员", sort="yes_no", note="新的空白为否"),
    )

    def __init__(self, desk: Desk) -> None:
        self.people = codes_of(desk, PersonRow)
        super().__init__(desk)
        self.newcomers: dict[str, str] = {}
        self.file = ""

    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """See ``Roster``."""
        people = {number: code for code, (number, _) in self.people.items()}
        query = select(MandateRow.__table__).where(own(self.desk, MandateRow)).order_by(MandateRow.__table__.c.id)
        for row in self.desk.session.execute(query):
            yield (
                (people[row.person_id], row.since),
                {"id": row.id, **{name: getattr(row, name) for name in self.defaults}},
            )

    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """See ``Roster``."""
        self.file = row.file
        code, name = cells["person"], cells.get("name", "")
        known = self.people[code][1] if code in self.people else self.newcomers.get(code, "")
        if not known and not name and "name" not in row.damaged:
            raise wrong("person", "tables.no_name", code=code)
        if known and name and person_name(known) != name:
            raise wrong("name", "tables.other_name", code=code, known=known, name=name)
        check_period(cells["since"], cells.get("until"))
        if not known:
            self.newcomers[code] = name
        return (code, cells["since"]), {each: cells[each] for each in self.defaults if each in cells}

    def finish(self, mistakes: Mistakes) -> None:
        """Nobody has two mandates at a time."""
        names = {code: name for code, (_, name) in self.people.items()} | self.newcomers
        groups = {key[:-1]: names[key[0]] for key in {**self.fresh, **self.different}}
        self.overlaps(groups, mistakes, self.file, "people.mandate_overlap")

    def keep(self) -> None:
        """See ``Taking``."""
        district_id, key = self.desk.session.district_id, self.desk.rulebook.district.names.key
        people = [
            {"district_id": district_id, "code": code, "name": name, "sort_key": key(name)}
            for code, name in self.newcomers.items()
        ]
        table: Any = PersonRow.__table__
        for portion in portions(people):
            self.desk.session.execute(insert(table), portion)
        self.people = codes_of(self.desk, PersonRow)
        super().keep()

    def written(self, key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
        """See ``Roster``."""
        return {"person_id": self.people[key[0]][0], "since": key[1], **values}

    def rows(self) -> Iterator[Sequence[Any]]:
        """See ``Roster``."""
        for (code, since), row in sorted(self.known.items(), key=lambda each: each[0]):
            told = (row["until"], row["constituency"], row["delegation"], row["committee_member"])
            yield code, self.people[code][1], since, *told
