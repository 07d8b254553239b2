from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from backing.databases import Database
from backing.sample import find_practice
from backing.world import Town
from renda.errors import RendaError
from renda.matter import SYSTEM
from renda.model import EventRow, MatterRow, ScoreRow
from renda.rulebook import Rulebooks
from renda.services import chain, checking, reading, replaying, rescoring, scores
from renda.services.desk import Installation
from renda.services.matters import act
from renda.services.repinning import Moved, repin
from renda.store import Store

FIRST = date(2020, 3, 2)


def rated(jia: Town) -> int:
    """A suggestion with its score of 53: 80 × 0.6 + 5."""
    number = jia.propose()
    jia.assign(number)
    jia.close(number)
    return number


def edit(jia: Town, old: str, new: str) -> Installation:
    """The installation after somebody has edited the rules."""
    file = jia.world.installation.rulebooks.root / "jia" / "suggestions.toml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    books = Rulebooks(file.parents[1], find_practice)
    return Installation(jia.world.store, books, lambda: jia.world.now)


def moved(installation: Installation, reason: str = "主任会议决定", to: date | None = None) -> list[Moved]:
    with installation.writing("jia") as desk:
        return repin(desk, SYSTEM, "suggestions", reason, to)


@contextmanager
def tampering(jia: Town, database: Database, table: str) -> Iterator[Connection]:
    """Somebody who owns the database, past the guards."""
    owner = Store(database.owner_url)
    try:
        with owner.engine.begin() as connection:
            if database.kind == "sqlite":
                connection.execute(text(f"DROP TRIGGER append_only_{table}_update"))
            else:
                number = str(jia.world.installation.district_id("jia"))
                connection.execute(text("select set_config('app.district', :number, true)"), {"number": number})
            yield connection
    finally:
        owner.close()


DRIFT = (
    "jia/suggestions.toml 自 2020-01-01 起生效的版本已被改动或删除,而有事项正依据它办理。"
    "出路有二:一是恢复原来的内容,把改动写成新的一版(新的 effective);"
    "二是用 renda repin --reason 说明理由,把这些事项改到现在的版本。"
)


def test_an_edited_version_stops_the_matters_that_rest_on_it_and_says_both_ways_out(jia: Town) -> None:
    number = jia.propose()
    edited = edit(jia, "weight = 0.6", "weight = 0.7")
    with edited.writing("jia") as desk:
        with pytest.raises(RendaError) as caught:
            act(desk, jia.actors["clerk"], "assign", {"organ": jia.parties["bureau"].id}, matter=number)
        assert caught.value.message == DRIFT
        # What has begun is still read by the rules it began under, and what begins now goes by those in the file.
        rules = [str(reading.rules_of(desk, desk.session.get_one(MatterRow, number)).practice.params.weight)]
        said = {"title": "新的", "text": "夜里太暗。", "proposer": jia.parties["deputy"].id}
        fresh = act(desk, jia.actors["deputy"], "propose", said, practice="suggestions").matter_id
        rules.append(str(reading.rules_of(desk, desk.session.get_one(MatterRow, fresh)).practice.params.weight))
        assert rules == ["0.6", "0.7"]
        assert [each.message for each in desk.rulebook.drifted] == [DRIFT]
    assert [each.code for each in checking.check(edited, "jia") if each.grave == checking.MISTAKE] == ["rules.drift"]
    with edited.reading("yi"):
        pass


def test_repin_moves_drifted_matters_with_an_entry_and_a_new_score(jia: Town) -> None:
    number = rated(jia)
    edited = edit(jia, "weight = 0.6", "weight = 0.7")
    found = moved(edited)
    assert next((each.matter, each.was, each.now) for each in found) == (number, date(2020, 1, 1), date(2020, 1, 1))
    assert len(found) == 2
    with edited.reading("jia") as desk:
        assert [row.shown for row in desk.session.scalars(select(ScoreRow).order_by(ScoreRow.id))] == ["53", "61"]
        latest = scores.latest(desk, number)
        event = desk.session.scalars(select(EventRow).where(EventRow.number == found[0].event)).one()
        row = desk.session.get_one(MatterRow, number)
        assert latest
        assert latest.event_number == event.number
        assert (event.action, event.entries["reason"], event.rules_digest) == (
            "repin",
            "主任会议决定",
            row.rules_digest,
        )
        assert event.entries["was_digest"] != event.entries["digest"] == row.rules_digest
        assert chain.first_broken(desk) is None
    assert moved(edited) == []


def test_repin_to_a_day_moves_what_is_not_ended_and_leaves_what_is(jia: Town) -> None:
    ended, running = rated(jia), jia.propose("还在办")
    later = '[[version]]\neffective = 2020-02-01\nsource = "修订"\n[version.params]\nweight = 0.8\n'
    rest = 'grades = { A = 100, B = 80 }\nanswer_within = { n = 20, unit = "working_day" }\n'
    file = jia.world.installation.rulebooks.root / "jia" / "suggestions.toml"
    with file.open("a", encoding="utf-8") as text:
        text.write(later + rest)
    edited = Installation(jia.world.store, Rulebooks(file.parents[1], find_practice), lambda: jia.world.now)
    assert [each.matter for each in moved(edited, to=date(2020, 3, 1))] == [running]
    with edited.reading("jia") as desk:
        begun = {row.id: row.rules_effective for row in desk.session.scalars(select(MatterRow))}
    assert (begun[ended], begun[running]) == (date(2020, 1, 1), date(2020, 2, 1))


@pytest.mark.parametrize(
    ("reason", "practice", "message"),
    [
        (" ", "suggestions", "请写明理由:哪一次会议、哪一份决定要求这样改。"),
        ("有", "nothing", "“甲区”没有“nothing”这个做法的文件。已有:suggestions、zz_faulty。"),
    ],
)
def test_repin_without_a_reason_or_a_file_is_refused(jia: Town, reason: str, practice: str, message: str) -> None:
    with jia.world.writing() as desk, pytest.raises(RendaError) as caught:
        repin(desk, SYSTEM, practice, reason)
    assert caught.value.message == message


def test_a_matter_older_than_all_versions_is_not_moved_and_nothing_is(jia: Town) -> None:
    number = jia.propose()
    edited = edit(jia, "effective = 2020-01-01", "effective = 2021-01-01")
    edit(jia, "effective = 2018-01-01", "effective = 2020-06-01")
    edited = edit(jia, "建议办理办法(试行)", "建议办理办法(暂行)")
    with pytest.raises(RendaError) as caught:
        moved(edited)
    assert caught.value.message == (
        "suggestions.toml 里没有 2020-03-02 施行的版本,“增设路灯”不能改用它。请补上这一版,或用 --to 指明另一天。"
    )
    with edited.store.reading(edited.district_id("jia")) as session:
        assert session.get_one(MatterRow, number).version == 1


def test_replay_gives_the_numbers_as_they_stood(jia: Town) -> None:
    number = rated(jia)
    edited = edit(jia, "weight = 0.6", "weight = 0.7")
    jia.world.go_to(date(2021, 2, 1))
    moved(edited)

    def stood(day: date) -> list[tuple[int, str, str]]:
        with edited.reading("jia") as desk:
            return [(each.matter, each.shown, each.because) for each in replaying.as_of(desk, day)]

    assert stood(date(2020, 3, 1)) == []
    assert stood(date(2020, 12, 31)) == [(number, "53", "得分 53 = 评价 B 80×0.6 + 加分 5")]
    assert stood(date(2021, 2, 1)) == [(number, "61", "得分 61 = 评价 B 80×0.7 + 加分 5")]
    with edited.reading("jia") as desk:
        assert list(replaying.as_of(desk, date(2021, 2, 1), "zz_faulty")) == []


def test_a_score_that_was_tampered_with_is_told_by_replay(jia: Town, database_url: Database) -> None:
    rated(jia)
    with tampering(jia, database_url, "score") as connection:
        kept = connection.execute(select(ScoreRow.explained)).scalar_one()
        connection.execute(ScoreRow.__table__.update().values(explained={**kept, "value": "d:54"}))  # type: ignore[attr-defined]
    with jia.world.reading() as desk:
        (told,) = replaying.as_of(desk, date(2020, 12, 31))
    assert told.because == ""
    assert "得分" in told.mistake


def test_rescoring_finds_nothing_where_nothing_changed(jia: Town) -> None:
    rated(jia)
    with jia.world.writing() as desk:
        assert rescoring.rescore(desk, SYSTEM) == []
        assert [row.action for row in desk.session.scalars(select(EventRow)) if row.action == "rescore"] == []


def test_rescoring_keeps_anew_what_a_corrected_plugin_scores_otherwise(
    jia: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = rated(jia)
    practice = jia.world.rulebook.practice_on("suggestions", FIRST).practice
    monkeypatch.setattr(practice, "params", type(practice.params)(**{**vars(practice.params), "weight": 1}))
    with jia.world.reading() as desk:
        (dry,) = rescoring.differences(desk)
        assert (dry.matter_id, dry.kept, dry.found and dry.found.value) == (number, "53", 85)
    with jia.world.reading() as desk:
        latest = scores.latest(desk, number)
        assert latest
        assert latest.shown == "53"
    with jia.world.writing() as desk:
        assert [each.matter_id for each in rescoring.rescore(desk, SYSTEM)] == [number]
    with jia.world.reading() as desk:
        latest = scores.latest(desk, number)
        entered = desk.session.scalars(select(EventRow).order_by(EventRow.number.desc())).first()
        assert latest
        assert entered
        assert (latest.shown, latest.event_number) == ("85", entered.number)
        assert (entered.action, entered.entries) == ("rescore", {"matters": [number]})
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []


def test_a_record_changed_behind_the_doors_is_found_by_check(jia: Town, database_url: Database) -> None:
    jia.propose()
    with tampering(jia, database_url, "event") as connection:
        connection.execute(EventRow.__table__.update().where(EventRow.number == 1).values(actor="别人"))  # type: ignore[attr-defined]
    found = [each.text for each in checking.check(jia.world.installation, "jia") if each.grave == checking.MISTAKE]
    assert found == ["记录从第 1 条起与封签不符,有人绕过系统改过数据库。请从备份核对。"]


def test_check_tells_a_broken_file_and_a_district_without_a_row(jia: Town, tmp_path: Path) -> None:
    root = jia.world.installation.rulebooks.root
    (root / "ding").mkdir()
    (root / "ding" / "district.toml").write_text('name = "丁区"\nterm = "第一届"\n', "utf-8")
    found = {each.district: each for each in checking.check(jia.world.installation) if each.grave == checking.MISTAKE}
    assert found["bing"].code == "rules.not_toml"
    assert found["ding"].text == "区县“ding”有文件夹,还没有登记。请运行 renda districts sync。"
    assert "jia" not in found


def test_check_notes_a_year_whose_working_days_are_not_announced(jia: Town) -> None:
    jia.world.go_to(date(2090, 1, 1))
    notes = [each for each in checking.check(jia.world.installation, "jia") if each.grave == checking.NOTE]
    assert [each.text[:6] for each in notes] == ["2090 年", "2091 年"]
