"""杨浦: five batches, their figures, the coverage of the term, and two ballots that never merge."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.demo import page_text
from renda.model import BallotRow, NoticeRow
from renda.services import chain, rescoring
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
CODE = "duty_appraisal"
FIRST = ["区司法局", "区发改委", "区体育局", "区生态环境局"]
FIFTH = ["区市场监管局", "区国资委", "区投促办", "区教育局", "区建管委"]


@pytest.fixture(scope="module")
def yangpu(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("yangpu")
    alone = folder / "districts" / "yangpu"
    alone.mkdir(parents=True)
    for file in ("district.toml", f"{CODE}.toml"):
        shutil.copyfile(DISTRICTS / "yangpu" / file, alone / file)
    data = folder / "data"
    shutil.copytree(DISTRICTS / "yangpu" / "data", data)
    for other in data.iterdir():
        if other.is_dir() and other.name not in {CODE, "ballots", "meetings"}:
            shutil.rmtree(other)
    world = World(fresh_sqlite(folder), alone.parent, "yangpu", day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, data)
    yield world
    world.close()


def tables(world: World, until: date = date(2022, 12, 31)) -> dict[str, Any]:
    with world.reading() as desk:
        records = DistrictRecords(desk)
        answers = ask(desk, "sheets", world.day, since=date(2019, 1, 1), until=until, records=records)
        return {sheet.code: sheet for each in answers if each.rules.code == CODE for sheet in each.said}


def test_the_first_batch_had_four_heads_and_the_fifth_five(yangpu: World) -> None:
    rows = tables(yangpu)["appraisal_results"].rows
    assert [row[2] for row in rows if row[0] == "第 1 批"] == FIRST
    assert [row[2] for row in rows if row[0] == "第 5 批"] == FIFTH
    assert len({row[0] for row in rows}) == 5


def test_each_head_had_94_per_cent_or_more_of_satisfied_and_fairly_satisfied(yangpu: World) -> None:
    sheet = tables(yangpu)["appraisal_results"]
    assert sheet.public
    assert len(sheet.rows) == 21
    assert all(Fraction(row[3] + row[4], row[3] + row[4] + row[5]) >= Fraction(94, 100) for row in sheet.rows)


def test_anybody_reads_the_results_and_nobody_outside_the_units_own_polls(yangpu: World) -> None:
    days = "since=2019-01-01&until=2022-12-31"
    text = page_text(yangpu, f"/sheets/{CODE}/appraisal_results?{days}")
    assert all(name in text for name in (*FIRST, *FIFTH))
    assert text.count("满意和基本满意率 32/33 = 满意和基本满意 32 ÷ 基数 33") == 11
    assert "负责人乙二十一(区建管委) 区建管委 28 4 1 97" in text
    assert "背对背" not in page_text(yangpu, f"/sheets/?{days}")


def test_more_than_190_forums_and_60_visits_were_held(yangpu: World) -> None:
    held = {figure.label: figure.value for figure in tables(yangpu)["appraisal_hearings"].figures}
    assert 190 < held["座谈会"] < 200
    assert 60 < held["专题视察"] < 70


def test_with_the_fifth_batch_the_whole_term_is_covered(yangpu: World) -> None:
    figures = [[str(each.value) for each in tables(yangpu, day)["appraisal_coverage"].figures]
               for day in (date(2021, 10, 20), date(2021, 10, 21))]  # fmt: skip
    assert figures == [["21", "16", "76.2"], ["21", "21", "100.0"]]
    left = [row[1] for row in tables(yangpu, date(2021, 10, 20))["appraisal_coverage"].rows if row[3] == "未评议"]
    assert sorted(left) == sorted(FIFTH)


def test_the_units_own_poll_and_the_meetings_ballot_never_merge(yangpu: World) -> None:
    sheets = tables(yangpu)
    assert not sheets["appraisal_polls"].public
    assert {sum(row[1:4]) for row in sheets["appraisal_polls"].rows} == {10}
    assert {sum(row[3:6]) for row in sheets["appraisal_results"].rows} == {33}
    with yangpu.reading() as desk:
        rows = desk.session.scalars(select(BallotRow)).all()
        polls = [row for row in rows if row.bench == "questionnaire"]
        votes = [row for row in rows if row.bench == "measurement"]
        assert [len(polls), len(votes)] == [21, 5]
        assert {(row.electorate, row.state, row.members) for row in polls} == {("invited", "withheld", 10)}
        assert {(row.electorate, row.state, row.members) for row in votes} == {("member", "published", 35)}
        appraisal = DistrictRecords(desk).matters(CODE, "appraisal")[0]
        assert appraisal.payload["unit_ballot"] != appraisal.payload["ballot"]
        assert appraisal.payload["unit_figures"]["counts"] == {"满意": 6, "基本满意": 3, "不满意": 1}


def test_each_report_goes_to_the_party_committee_the_government_and_the_organisation_department(yangpu: World) -> None:
    with yangpu.reading() as desk:
        notices = desk.session.scalars(select(NoticeRow).where(NoticeRow.genre.in_(["报告", "函"]))).all()
        sent = {(each.genre, *each.recipients, *each.copies) for each in notices}
        assert sent == {("报告", "区委", "区委组织部"), ("函", "区人民政府", "区委组织部")}
        assert len(notices) == 10
        assert any("满意 28 票、基本满意 4 票、不满意 1 票;满意和基本满意率 97.0%" in line
                   for each in notices for line in each.paragraphs)  # fmt: skip
        records = DistrictRecords(desk)
        for batch in records.matters(CODE, "batch"):
            sitting, report = batch.done_on("open_sitting"), batch.done_on("hand_in_report")
            assert sitting is not None
            assert report is not None
            assert (report - sitting).days <= 14
            assert batch.state == "closed"
        facts = records.facts("appraisal.result", since=date(2019, 1, 1), until=date(2021, 12, 31))
        assert len(facts) == 21
        assert facts[0].text == "履职评议测评:满意,满意和基本满意率 97.0%"
        page = dossier(desk, yangpu.actor("clerk"), facts[0].subject)
        assert [section.title for each in page for section in each.said] == ["履职评议"]
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
