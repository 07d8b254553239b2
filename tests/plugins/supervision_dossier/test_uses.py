"""Uses of results: what is refused, what follows from another practice, what becomes of the paper."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from kernel.conftest import refusal
from plugins.supervision_dossier.conftest import CODE, DISTRICTS, Life
from sqlalchemy import select

from renda import Practice, Schema, action, fields
from renda.model import NoticeRow
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda_plugins.supervision_dossier import SupervisionDossier


def test_a_transfer_needs_evidence_and_goes_where_the_rule_says(life: Life) -> None:
    said = refusal(lambda: life.proposed("transfer"))
    assert said.message == "“移送”须附依据材料,至少一份。"
    life.does("decide", life.proposed("transfer", evidence=["笔录"]), life.chair)
    with life.world.reading() as desk:
        paper = desk.session.scalars(select(NoticeRow)).one()
        assert (paper.genre, list(paper.recipients), list(paper.copies)) == ("函", ["市纪委监委"], ["市委组织部"])
        assert "请于 2020-10-09 以前书面报告说明和整改情况。" in paper.paragraphs


def test_a_use_the_version_does_not_know_is_refused(life: Life) -> None:
    life.world.go_to(date(2019, 5, 6))
    said = refusal(lambda: life.proposed("transfer", evidence=["笔录"]))
    assert said.message == "本办法没有规定“移送”。可选:情况通报、工作约谈、专题监督。"


def test_the_same_use_is_not_made_twice_of_the_same_matter(life: Life) -> None:
    plan = life.plan()
    first = life.proposed(about=plan)
    said = refusal(lambda: life.proposed(about=plan))
    assert said.message == f"局长甲因同一事项已作“工作约谈”(事项 {first}),不重复运用。"
    life.does("refuse", first, life.chair, refused_for="已改")
    life.proposed(about=plan)


def test_without_a_word_from_the_official_a_use_is_concluded_only_after_the_time(life: Life) -> None:
    number = life.served()
    said = refusal(lambda: life.does("conclude", number, outcome="到位"))
    assert said.message == "说明期限到 2020-10-09 才届满,今天是 2020-09-01,还不能不经说明办结。"
    life.world.go_to(date(2020, 10, 10))
    life.does("conclude", number, outcome="到位")
    assert life.world.matter(number).state == "concluded"


def test_a_use_taken_back_is_no_fact_any_more(life: Life) -> None:
    number = life.served()
    with life.world.reading() as desk:
        records = DistrictRecords(desk)
        assert len(records.facts("use.*", since=date(2020, 1, 1), until=records.today(), subject=life.head)) == 1
    life.does("revoke", number, life.chair, refused_for="有误")
    with life.world.reading() as desk:
        records = DistrictRecords(desk)
        assert records.facts("use.*", since=date(2020, 1, 1), until=records.today()) == []


def test_a_past_day_tells_a_use_as_it_stood_then(life: Life) -> None:
    number = life.served()
    life.world.go_to(date(2020, 10, 10))
    life.does("conclude", number, outcome="到位")
    other = life.served(use="circular")
    life.world.go_to(date(2020, 11, 2))
    life.does("revoke", other, life.chair, refused_for="有误")

    def told(day: date) -> list[Any]:
        with life.world.reading() as desk:
            rules = desk.rulebook.practice_on(CODE, life.world.day)
            (found,) = rules.hook.sheets(since=date(2020, 1, 1), until=day, records=DistrictRecords(desk))
        coverage, uses = (next(each for each in found if each.code == code) for code in ("coverage", "uses"))
        return [coverage.rows[0][-2], *((row[2], *row[5:]) for row in uses.rows)]

    assert told(date(2020, 8, 31)) == [0]
    assert told(date(2020, 9, 1)) == [1, ("工作约谈", None, "待说明")]
    assert told(date(2020, 10, 10)) == [2, ("工作约谈", "到位", "已办结"), ("情况通报", None, "待说明")]
    assert told(date(2020, 11, 2)) == [1, ("工作约谈", "到位", "已办结")]


def test_only_insiders_the_official_and_the_organ_see_a_use(life: Life) -> None:
    number = life.served()
    other = life.world.actor("department", organ=life.world.organ("市乙局"))
    assert refusal(lambda: life.does("respond", number, other, response="代答")).code == "matter.unknown"
    life.does("respond", number, life.organ, response="已改")


class Used(Schema):
    official = fields.Official(required=True, label="干部", relation="subject")
    use = fields.Choice({"talk": "约谈", "praise": "表扬"}, required=True, label="运用")


class Giver(Practice):
    """Another practice that makes uses of its own."""

    plugin = "giver"
    title = "评阅"
    states: ClassVar[Mapping[str, str]] = {"made": "已运用"}
    ends = ("made",)

    @action("结果运用", by="chair", when=None, then="made", data=Used)
    def use(self, matter: Any) -> None: ...


@pytest.fixture
def both(tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "districts" / "ceshi"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text('name = "测试区"\nterm = "第一届"\n', encoding="utf-8")
    rules = (DISTRICTS / "danjiangkou" / "supervision_dossier.toml").read_text(encoding="utf-8")
    rules = rules.replace('{ practice = "report_review", action', '{ practice = "giver", action')
    (folder / f"{CODE}.toml").write_text(rules, encoding="utf-8")
    giver = 'plugin = "giver"\n[[version]]\neffective = 2016-01-01\nsource = "测试"\n'
    (folder / "giver.toml").write_text(giver, encoding="utf-8")
    classes = {"supervision_dossier": SupervisionDossier, "giver": Giver}
    world = World(fresh_sqlite(tmp_path), folder.parent, "ceshi", find_practice=lambda plugin, file: classes[plugin])
    world.go_to(date(2020, 9, 1))
    yield world
    world.close()


def test_the_use_another_practice_makes_is_entered_at_once(both: World) -> None:
    chair, head = both.actor("chair"), both.official("局长甲", "市甲局")
    made = both.act(chair, "use", {"official": head.id, "use": "talk"}, practice="giver").matter_id
    both.act(chair, "use", {"official": head.id, "use": "praise"}, practice="giver")
    with both.reading() as desk:
        found = DistrictRecords(desk).matters(CODE, "use")
    assert [(each.state, each.payload["use"], each.payload["about"]) for each in found] == [
        ("served", "interview", made)
    ]
    assert found[0].party("subject") == head
