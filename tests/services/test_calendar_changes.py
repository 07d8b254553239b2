"""The host tells its calendar: deadlines follow, in the record, and every process goes by it at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.world import Town
from renda.errors import RendaError
from renda.matter import SYSTEM
from renda.model import EventRow, MatterRow
from renda.services import calendar_changes as changes
from renda.services import chain, checking
from renda.services.calendar_changes import CalendarEntry, MovedDeadline
from renda.services.desk import Installation


def due_on(town: Town, number: int) -> date:
    with town.world.reading() as desk:
        day = desk.session.get_one(MatterRow, number).due_on
        assert day is not None
        return day


def changed(town: Town, *entries: CalendarEntry, announced: dict[int, str] | None = None) -> list[MovedDeadline]:
    moved = list(changes.change_calendar(town.world.installation, SYSTEM, entries, announced or {}))
    # A district whose rules cannot be read stops no other.
    assert [each.code for each in moved if isinstance(each, RendaError)] == ["rules.not_toml"]
    return [each for each in moved if isinstance(each, MovedDeadline)]


def mistakes(town: Town) -> list[str]:
    """What ``renda check`` finds wrong."""
    with town.world.reading() as desk:
        return [each.text for each in checking.of_district(desk, "jia") if each.grave == checking.MISTAKE]


def test_a_day_off_moves_what_is_due_on_it_and_the_record_says_both_days(towns: Any) -> None:
    town: Town = towns.jia
    open_one, done = town.propose("未办结"), town.propose("已办结")
    for number in (open_one, done):
        town.assign(number)
    town.close(done)
    before, found = due_on(town, open_one), mistakes(town)
    (moved,) = changed(town, CalendarEntry(before, working=False, source="停工通告"))
    assert (moved.district, moved.matter, moved.before) == ("jia", open_one, before)
    assert moved.after is not None
    assert moved.after > before
    assert due_on(town, open_one) == moved.after
    with town.world.reading() as desk:
        event = desk.session.scalars(select(EventRow).where(EventRow.number == moved.event)).one()
        assert (event.matter_id, event.label) == (open_one, "工作日历变动,重新计算期限")
        assert event.entries == {
            "reason": "停工通告",
            "before": before.isoformat(),
            "after": moved.after.isoformat(),
        }
        assert chain.first_broken(desk) is None
    assert changed(town, CalendarEntry(before, working=False, source="停工通告")) == []
    (back,) = changed(town, CalendarEntry(before, working=True, source="撤销"))
    assert (back.before, back.after) == (moved.after, before)
    assert mistakes(town) == found


def test_another_process_goes_by_the_changed_calendar_at_its_next_request(towns: Any) -> None:
    town: Town = towns.jia
    own = town.world.installation
    other = Installation(own.store, own.rulebooks, own.clock)
    day = date(2020, 3, 4)
    with other.reading("jia") as desk:
        assert desk.calendar.is_working_day(day)
    changed(town, CalendarEntry(day, working=False, source="停工通告"))
    with other.reading("jia") as desk:
        assert not desk.calendar.is_working_day(day)
    with other.writing("jia") as desk:
        assert not desk.calendar.is_working_day(day)


def test_a_year_counts_as_announced_once_its_notice_is_imported(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    path = tmp_path / "2027.csv"
    path.write_text("日期,上班,依据\n2027/1/1,否,国办发明电〔2026〕1号\n2027年2月20日,是,\n", "utf-8")
    entries = changes.read_entries(path, "国办通知")
    assert entries == [
        CalendarEntry(date(2027, 1, 1), working=False, source="国办发明电〔2026〕1号"),
        CalendarEntry(date(2027, 2, 20), working=True, source="国办通知"),
    ]
    with town.world.reading() as desk:
        assert not desk.calendar.is_announced(2027)
    changed(town, *entries, announced={2027: "国办通知"})
    with town.world.reading() as desk:
        assert desk.calendar.is_announced(2027)
        assert desk.calendar.is_moved_workday(date(2027, 2, 20))
        assert not desk.calendar.is_working_day(date(2027, 1, 1))
        assert not desk.calendar.is_working_day(date(2027, 10, 1))
    assert changes.listed(town.world.installation, 2027) == entries


def test_every_wrong_row_of_a_calendar_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2027.csv"
    path.write_text(
        "日期,上班,依据\n2027.1,否,甲\n2027-01-02,也许,甲\n2027-01-03,否,\n2027-01-04,,甲\n2027-01-05,否,甲\n2027/1/5,是,甲\n",
        "utf-8",
    )
    with pytest.raises(RendaError) as caught:
        changes.read_entries(path)
    assert [line.partition(":")[0] for line in caught.value.message.splitlines()[1:]] == [
        "2027.csv 第 2 行“日期”列",
        "2027.csv 第 3 行“上班”列",
        "2027.csv 第 4 行",
        "2027.csv 第 5 行“上班”列",
        "2027.csv 第 7 行“日期”列",
    ]
    path.write_text("日期,上班,依据\n", "utf-8")
    with pytest.raises(RendaError, match="一天也没有"):
        changes.read_entries(path)
