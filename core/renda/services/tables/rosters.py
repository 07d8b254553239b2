"""The tables of the roster whose rows are known by a code: organs, people, projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import select

from renda.errors import RendaError
from renda.model import OrganRow, PersonRow, ProjectRow
from renda.name_order import is_computed
from renda.services.desk import Desk
from renda.services.imports.tables import Row, wrong
from renda.services.projects import YEARS
from renda.services.tables.roster import Codes, Key, Roster, check_period, codes_of, longest, own
from renda.services.tables.shapes import Column

ORGAN_SORTS: Mapping[str, str] = {
    "部门": "department",
    "法院": "court",
    "检察院": "procuratorate",
    "监委": "supervisory",
    "街道": "street",
    "阵地": "station",
    "机关": "office",
    "人大": "congress",
}


class Organs(Roster):
    """Organs by code."""

    table = OrganRow
    defaults: ClassVar[Mapping[str, Any]] = {"sort": "department", "since": None, "until": None}
    columns = (
        Column("code", "代码", required=True, most=longest(OrganRow, "code"), names="code"),
        Column("name", "名称", required=True, most=longest(OrganRow, "name"), names="title"),
        Column("sort", "类别", note="新机构空白为部门;也可写本区县自用的类别", most=longest(OrganRow, "sort")),
        Column("since", "设立日期", sort="date"),
        Column("until", "撤销日期", sort="date", note="最后一天;仍在的留空"),
    )

    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """See ``Roster``."""
        for row in self.desk.session.execute(select(OrganRow.__table__).where(own(self.desk, OrganRow))):
            yield (row.code,), dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's documented name)

    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """See ``Roster``."""
        values = {name: value for name, value in cells.items() if name != "code"}
        if "sort" in values:
            values["sort"] = ORGAN_SORTS.get(values["sort"], values["sort"]) or "department"
        known = self.known.get((cells["code"],), {})
        check_period(*(values.get(name, known.get(name)) for name in ("since", "until")))
        return (cells["code"],), values

    def told(self, name: str, before: Any, after: Any) -> tuple[str, str, str] | None:
        """See ``Roster``."""
        if name == "sort":
            labels = {code: label for label, code in ORGAN_SORTS.items()}
            before, after = labels.get(before, before), labels.get(after, after)
        return super().told(name, before, after)

    def rows(self) -> Iterator[Sequence[Any]]:
        """See ``Roster``."""
        told = {code: label for label, code in ORGAN_SORTS.items()}
        for (code,), row in sorted(self.known.items()):
            yield code, row["name"], told.get(row["sort"], row["sort"]), row["since"], row["until"]


class People(Roster):
    """People by code; the place in lists is computed from the name unless one is set by hand."""

    table = PersonRow
    columns = (
        Column("code", "代码", required=True, most=longest(PersonRow, "code"), names="code"),
        Column("name", "姓名", required=True, most=longest(PersonRow, "name"), names="person"),
        Column("sort_key", "排序", note="要排在姓氏笔画之前的才填,例如 01", most=40),
    )

    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """See ``Roster``."""
        query = select(PersonRow.id, PersonRow.code, PersonRow.name, PersonRow.sort_key)
        for row in self.desk.session.execute(query):
            yield (row.code,), {"id": row.id, "name": row.name, "sort_key": row.sort_key}

    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """See ``Roster``."""
        key, name, known = (cells["code"],), cells["name"], self.known.get((cells["code"],), {})
        before = known.get("sort_key") or ""
        by_hand = cells.get("sort_key", "" if is_computed(before) else before)
        if not by_hand and known.get("name") == name and is_computed(before):
            by_hand = before
        return key, {"name": name, "sort_key": by_hand or self.desk.rulebook.district.names.key(name)}

    def told(self, name: str, before: Any, after: Any) -> tuple[str, str, str] | None:
        """See ``Roster``; a place that is computed follows from the name."""
        if name == "sort_key":
            before, after = ("" if is_computed(each) else each for each in (before, after))
            if before == after:
                return None
        return super().told(name, before, after)

    def rows(self) -> Iterator[Sequence[Any]]:
        """See ``Roster``."""
        for (code,), row in sorted(self.known.items()):
            yield code, row["name"], "" if is_computed(row["sort_key"]) else row["sort_key"]


class Projects(Roster):
    """Projects by code."""

    table = ProjectRow
    defaults: ClassVar[Mapping[str, Any]] = {"organ_id": None, "budget": None, "stage": "", "due_on": None}
    columns = (
        Column("code", "代码", required=True, most=longest(ProjectRow, "code"), names="code"),
        Column("name", "名称", required=True, most=longest(ProjectRow, "name"), names="title"),
        Column("year", "年度", required=True, sort="whole"),
        Column("organ", "单位代码", sort="organ"),
        Column("budget", "预算(元)", sort="number"),
        Column("stage", "阶段", most=longest(ProjectRow, "stage")),
        Column("due_on", "完成期限", sort="date"),
    )

    def __init__(self, desk: Desk) -> None:
        self.organs = codes_of(desk, OrganRow)
        self.references = {"organ": Codes(self.organs, "机构")}
        super().__init__(desk)

    def read_known(self) -> Iterable[tuple[Key, dict[str, Any]]]:
        """See ``Roster``."""
        for row in self.desk.session.execute(select(ProjectRow.__table__).where(own(self.desk, ProjectRow))):
            yield (row.code,), dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's documented name)

    def read(self, row: Row, cells: Mapping[str, Any]) -> tuple[Key, dict[str, Any]]:
        """See ``Roster``."""
        values = {name: value for name, value in cells.items() if name not in {"code", "organ"}}
        failures: dict[str, str] = {}
        if cells["year"] not in YEARS:
            failures |= wrong("year", "project.year", name=cells["name"], year=cells["year"]).fields
        if (values.get("budget") or 0) < 0:
            failures |= wrong("budget", "project.budget", name=cells["name"], budget=values["budget"]).fields
        if failures:
            raise RendaError("form.invalid", fields=failures, mistakes="")
        if "organ" in cells:
            values["organ_id"] = self.organs[cells["organ"]][0] if cells["organ"] else None
        return (cells["code"],), values

    def told(self, name: str, before: Any, after: Any) -> tuple[str, str, str] | None:
        """See ``Roster``."""
        if name == "organ_id":
            codes = {number: code for code, (number, _) in self.organs.items()}
            return super().told("organ", codes.get(before), codes.get(after))
        return super().told(name, before, after)

    def rows(self) -> Iterator[Sequence[Any]]:
        """See ``Roster``."""
        organs = {number: code for code, (number, _) in self.organs.items()}
        for (code,), row in sorted(self.known.items()):
            organ = organs.get(row["organ_id"], "")
            yield code, row["name"], row["year"], organ, row["budget"], row["stage"], row["due_on"]
