"""53 lectures of 江北, one a month, rated once a year; what a lecture and its marks cannot be."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.demo import played
from backing.saying import problems, refused, sheets
from renda.model import MandateRow
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.study_sessions import StudySessions

DISTRICTS = Path(__file__).parents[3] / "districts"
YEAR: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def test_in_jiangbei_fifty_three_lectures_were_given_one_a_month(tmp_path: Path) -> None:
    world = played("jiangbei", "study_sessions")
    found = sheets(world, **YEAR)
    assert [figure.value for figure in found["lectures"].figures] == [11, 53, 640, Decimal("91.6")]
    parts = sheets(world, since=date(2016, 1, 1), until=date(2020, 12, 31))["lecture_parts"]
    assert [row[0] for row in parts.rows] == ["委办主任开场讲", "年轻干部登台讲", "常委会领导点评讲", "主要领导总结讲"]
    best = [row for row in found["lecture_rating_2020"].rows if row[4] == "评出"]
    assert [(row[0], row[3].value) for row in best] == [
        (1, Decimal("90.0")),
        (2, Decimal("88.7")),
        (3, Decimal("88.0")),
    ]
    assert problems(world, "study_sessions") == []
    with world.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
        months = [
            each.payload["on"].strftime("%Y%m")
            for each in DistrictRecords(desk).matters("study_sessions", "lecture", states=("held",))
        ]
    assert len(set(months)) == len(months) == 53
    world.close()


class School:
    """江北's lectures of 2020, opened on 2 March."""

    def __init__(self, world: World) -> None:
        self.world, self.clerk = world, world.actor("clerk")
        self.speaker = world.person("干部甲")
        self.year = world.act(self.clerk, "开办年度学堂", {"year": 2020}, practice="study_sessions").matter_id

    def plan(self, on: str = "2020-03-10", **fresh: Any) -> int:
        part = {"part": "stage", "speaker": self.speaker.id}
        entries = {"title": "老街沿革", "theme": "历史", "on": on, "parts": [part], **fresh}
        return self.world.act(self.clerk, "排讲", entries, practice="study_sessions", parent=self.year).matter_id

    def held(self, on: str = "2020-03-10") -> int:
        number = self.plan(on)
        self.world.go_to(date.fromisoformat(on))
        came = [{"group": "staff", "expected": 46, "present": 40}]
        return self.act("记录开讲", number, attendance=came, summary="已讲")

    def act(self, action: str, matter: int, actor: Any = None, **entries: Any) -> int:
        return self.world.act(actor or self.clerk, action, entries, matter=matter).matter_id

    def mark(self, actor: Any, *marks: tuple[int, str]) -> int:
        entries = {"marks": [{"lecture": number, "points": points} for number, points in marks]}
        return self.world.act(actor, "评分", entries, practice="study_sessions", parent=self.year).matter_id


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "jiangbei", day=date(2020, 3, 2))
    yield School(world)
    world.close()


def test_a_month_that_passes_without_a_lecture_is_named_by_the_check(school: School) -> None:
    school.held()
    school.world.go_to(date(2020, 6, 8))
    assert problems(school.world, "study_sessions") == ["2020 年 4、5 月没有开讲。每月一讲,请补讲。"]


def test_the_best_are_chosen_by_exact_means_and_those_who_tie_on_the_last_place_are_all_in(school: School) -> None:
    for on in ("2020-03-10", "2020-04-10", "2020-05-12", "2020-06-10", "2020-07-10"):
        school.held(on)
    school.act("开始评比", school.year)
    points = {"clerk": ("90", "85", "80", "80", "79.9"), "chair": ("90", "85", "80", "80", "80")}
    for role, given in points.items():
        school.mark(school.world.actor(role), *enumerate(given, 1))
    assert refused(lambda: school.act("评定", school.year)) == "评分的有 2 人,至少要 3 人。"
    school.mark(school.world.actor("member"), *enumerate(("90", "85", "80", "80", "80"), 1))
    school.act("评定", school.year)
    # The fifth mean is 79.97: rounded it would tie.
    assert school.world.matter(school.year).payload["chosen"] == (1, 2, 3, 4)
    rows = sheets(school.world, **YEAR)["lecture_rating_2020"].rows
    assert [(row[0], row[3].value) for row in rows] == [
        (1, Decimal("90.0")),
        (2, Decimal("85.0")),
        (3, Decimal("80.0")),
        (3, Decimal("80.0")),
        (5, Decimal("80.0")),
    ]


def test_nobody_marks_the_own_lecture_or_twice(school: School) -> None:
    chair = school.world.actor("chair", person=school.speaker)
    school.held()
    assert refused(lambda: school.mark(chair, (1, "90"))).startswith("还不能“评分”:")
    school.act("开始评比", school.year)
    assert refused(lambda: school.mark(chair, (1, "90"))) == "这一年的讲都是本人主讲的,没有要打分的。"
    clerk = school.clerk
    assert refused(lambda: school.mark(clerk, (2, "90"))) == ("应当给这几期打分:1。现在打分的是:2。本人主讲的不打分。")
    assert refused(lambda: school.mark(clerk, (1, "101"))) == "第 1 期的得分应在 0 至 100 之间,现为 101。"
    number = school.mark(clerk, (1, "90"))
    assert refused(lambda: school.mark(clerk, (1, "80"))) == f"{clerk.name}已经评过分(事项 {number})。"


def test_what_lectures_cannot_be(school: School) -> None:
    again = refused(lambda: school.world.act(school.clerk, "开办年度学堂", {"year": 2020}, practice="study_sessions"))
    assert again == f"2020 年度已经建立(事项 {school.year})。"
    assert refused(lambda: school.act("开始评比", school.year)) == "2020 年度没有开讲,不能评比。"
    assert refused(lambda: school.plan("2021-01-05")) == "2021-01-05 不在 2020 年度内。"
    assert refused(lambda: school.plan("2020-03-01")) == "2020-03-01 已经过去,不能排讲。"
    twice = [{"part": "stage", "speaker": school.speaker.id}] * 2
    assert refused(lambda: school.plan(parts=twice)) == "“年轻干部登台讲”由同一人讲了两次。"
    number = school.plan()
    came = [{"group": "staff", "expected": 46, "present": 40}]
    early = refused(lambda: school.act("记录开讲", number, attendance=came, summary="无"))
    assert early == "这一讲定在 2020-03-10,今天是 2020-03-02,还不能记录。"
    school.act("改期换人", number, on="2020-03-02")
    assert (
        refused(lambda: school.act("记录开讲", number, attendance=[*came, *came], summary="无")) == "机关干部写了两次。"
    )
    more = [{"group": "staff", "expected": 46, "present": 47}]
    assert refused(lambda: school.act("记录开讲", number, attendance=more, summary="无")) == (
        "机关干部应到 46 人,实到 47 人:实到应在 0 至应到之间,应到至少 1 人。"
    )
    school.act("取消这一讲", number, off_for="主讲人出差")
    assert school.held() != number


def test_only_deputies_in_office_that_day_are_named_and_each_once(school: School) -> None:
    deputy, left = school.world.deputy("代表甲"), school.world.deputy("代表乙")
    with school.world.writing() as desk:
        mandate = desk.session.scalars(select(MandateRow).where(MandateRow.person_id == left.id)).one()
        mandate.until = date(2020, 2, 28)
    number = school.plan("2020-03-02")
    come = {"attendance": [{"group": "deputy", "expected": 3, "present": 2}], "summary": "无"}
    twice = refused(lambda: school.act("记录开讲", number, deputies=[deputy.id] * 2, **come))
    assert twice == "到场的代表代表甲写了两次。"
    gone = refused(lambda: school.act("记录开讲", number, deputies=[left.id], **come))
    assert gone == "代表乙在 2020-03-02 不是代表,不能写在到场的代表里。"


def test_a_districts_file_names_each_part_once_and_chooses_something() -> None:
    part = {"code": "stage", "label": "登台讲"}
    whole = {
        "parts": [part],
        "groups": [part],
        "themes": ["历史"],
        "raters_least": 3,
        "best": 3,
        "rating": {"n": 2, "unit": "month"},
    }
    wrong: dict[str, dict[str, Any]] = {
        "环节 stage 写了两次。编号不能重复。": {"parts": [part, part]},
        "听讲的人 stage 写了两次。编号不能重复。": {"groups": [part, part]},
        "评分人数应不小于 1,现为 0。": {"raters_least": 0},
        "评出的讲数应不小于 1,现为 0。": {"best": 0},
    }
    for said, entries in wrong.items():
        assert said in refused(lambda entries=entries: StudySessions.Params().read({**whole, **entries}))  # type: ignore[misc]
