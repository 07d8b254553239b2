"""Who may read what, and the ways a report may come and go."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError
from renda.services.permissions import may_see
from renda.services.reading import find, rules_of
from renda.services.scores import latest
from renda_plugins.report_review import ReportReview


def refused(act: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises(RendaError) as caught:
        act(*arguments, **options)
    return caught.value.message


def test_nobody_reads_the_same_report_twice_but_one_excused_may_be_named_again(reviewed: Any) -> None:
    number = reviewed.assign(0, 1)
    assert refused(reviewed.assign, 0, 1) == "委员二 已经在审阅这份报告。"
    reviewed.by_clerk("不再审阅", {"excuse": "住院"}, matter=number)
    assert reviewed.assign(0, 1) != number


def test_an_excused_reader_does_not_count_towards_the_least_number(reviewed: Any) -> None:
    for place in range(3):
        reviewed.submit(place, date(2020, 3, 20))
    numbers = [reviewed.assign(place, reader) for place in range(3) for reader in (0, 1)]
    reviewed.by_clerk("不再审阅", {"excuse": "回避"}, matter=numbers[-1])
    message = refused(reviewed.by_clerk, "开始分散审阅", matter=reviewed.review)
    assert message == "还不能开始审阅:局长丙 2019 年度履职报告 只有 1 人审阅,至少要 2 人。"


def test_opinions_are_handed_in_only_while_reading_apart(reviewed: Any) -> None:
    reviewed.submit(0, date(2020, 3, 20))
    number = reviewed.assign(0, 0)
    entries = {"given": [], "opinion": "早了"}
    message = refused(reviewed.by_reader, 0, "交审阅意见", entries, number)
    assert message == "现在是“成立专班”,这一步要在“分散审阅”办理。"


def test_a_reader_s_score_is_the_sum_of_the_sheet_and_a_report_s_the_mean_once_it_is_judged(reviewed: Any) -> None:
    for place in range(3):
        reviewed.submit(place, date(2020, 3, 20))
    reviewed.read_all()
    report = reviewed.report(0)
    with reviewed.world.reading() as desk:
        given = latest(desk, report.children("reading")[0].id)
        assert given is not None
        assert given.value == Decimal(88)
        assert latest(desk, report.id) is None
    reviewed.judge(0)
    with reviewed.world.reading() as desk:
        given = latest(desk, report.id)
        assert given is not None
        assert given.value == Decimal(88)


def test_a_reading_is_never_seen_by_the_organ_it_is_about_nor_by_the_public(reviewed: Any) -> None:
    for place in range(3):
        reviewed.submit(place, date(2020, 3, 20))
    reviewed.read_all()
    number = reviewed.report(0).children("reading")[0].id
    department = reviewed.world.actor("department", organ=reviewed.organs[0])
    with reviewed.world.reading() as desk:
        rules, matter = rules_of(desk, find(desk, number)), reviewed.world.matter(number)
        seen = {who.name: may_see(rules, matter, who) for who in (reviewed.clerk, department)}
        assert seen == {reviewed.clerk.name: True, "市甲局": False}
        assert not may_see(rules, matter, reviewed.world.actor("public"))


def test_a_report_handed_over_keeps_its_day_and_says_who_had_it_before(reviewed: Any) -> None:
    reviewed.submit(0, date(2020, 3, 20))
    successor = reviewed.world.official("局长丁", "市甲局", since=date(2020, 3, 25))
    reviewed.world.go_to(date(2020, 3, 26))
    entries = {"official": successor.id, "handed_over_for": "调任"}
    reviewed.by_clerk("改由继任者负责", entries, matter=reviewed.report(0).id)
    report = reviewed.report(0)
    assert report.title == "局长丁 2019 年度履职报告"
    assert report.payload["former"] == ("局长甲",)
    assert report.payload["first_submitted_on"] == date(2020, 3, 20)
    assert [party.name for party in report.all_parties("subject")] == ["局长丁"]


def test_a_head_is_named_once_and_only_while_in_a_post(reviewed: Any) -> None:
    name = reviewed.by_clerk
    options = {"parent": reviewed.review, "practice": "report_review"}
    assert refused(name, "列入评阅", {"official": reviewed.heads[0].id}, **options) == "局长甲 已经是本次评阅的报告人。"
    later = reviewed.world.official("局长戊", "市戊局", since=date(2021, 1, 1))
    message = refused(name, "列入评阅", {"official": later.id}, **options)
    assert message == "局长戊 当日没有任职,不能列为报告人。"


def test_problems_are_listed_only_when_the_group_has_met(reviewed: Any) -> None:
    reviewed.submit(0, date(2020, 3, 20))
    assert refused(reviewed.raise_problem, 0) == "现在是“成立专班”,这一步要在“集中评阅”办理。"


def test_rectification_that_falls_short_goes_back_and_a_problem_may_name_its_own_day(reviewed: Any) -> None:
    for place in range(3):
        reviewed.submit(place, date(2020, 3, 20))
    reviewed.read_all()
    entries = {"text": "数字不实", "due": "2020-05-08"}
    number = reviewed.by_clerk("登记问题", entries, parent=reviewed.report(0).id, practice="report_review").matter_id
    reviewed.judge(0)
    department = reviewed.world.actor("department", organ=reviewed.organs[0])
    done = {"result": "已改", "evidence": ["台账"]}
    reviewed.world.act(department, "制定整改措施", {"measure": "逐项核对"}, matter=number)
    reviewed.world.act(department, "报告整改结果", done, matter=number)
    reviewed.by_clerk("退回整改", {"grounds": "仍有出入"}, matter=number)
    assert reviewed.world.matter(number).state == "rectifying"
    with reviewed.world.reading() as desk:
        assert find(desk, number).due_on == date(2020, 5, 8)


def test_an_organ_files_once_and_may_correct_what_is_returned(reviewed: Any) -> None:
    court = reviewed.world.organ("市人民法院", sort="court")
    actor = reviewed.world.actor("department", organ=court)
    filing = {"organ": court.id, "reviewed": 21, "outcome": "合格", "document": "情况"}
    options = {"parent": reviewed.review, "practice": "report_review"}
    none = refused(reviewed.world.act, actor, "报送备案", {**filing, "reviewed": 0}, **options)
    assert none == "评阅人数应大于 0,现为 0。"
    number = reviewed.world.act(actor, "报送备案", filing, **options).matter_id
    again = refused(reviewed.world.act, actor, "报送备案", filing, **options)
    assert again == f"市人民法院 已就本年度报送备案(事项 {number})。"
    reviewed.by_clerk("退回补正", {"grounds": "缺附件"}, matter=number)
    reviewed.world.act(actor, "补正", {"outcome": "合格", "document": "情况和附件"}, matter=number)
    reviewed.by_clerk("准予备案", matter=number)
    assert reviewed.world.matter(number).payload["document"] == "情况和附件"


SPAN = {"n": 2, "unit": "month"}
GOOD: dict[str, Any] = {
    "due": "03-31",
    "readers_least": 2,
    "reading": SPAN,
    "marks": [{"code": "a", "label": "甲", "most": Decimal(100)}],
    "pass_mark": Decimal(60),
    "extended_least": 3,
    "rectification": SPAN,
    "uses": ["talk"],
    "filing_organs": ["市人民法院"],
    "report_to": ["市委"],
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due": "3月31日"}, "报送截止日:报送截止日应写成 03-31 的样子(月-日),现为“3月31日”。"),
        ({"due": "02-30"}, "报送截止日:报送截止日应写成 03-31 的样子(月-日),现为“02-30”。"),
        ({"readers_least": 0}, "每份报告至少几人审阅:每份报告至少几人审阅应不小于 1,现为 0。"),
        ({"pass_mark": Decimal(101)}, "合格线:合格线 101 应在 0 至满分 100 之间。"),
        ({"marks": GOOD["marks"] * 2}, "评阅表:评阅表里 a 出现了两次。编号不能重复。"),
        ({"uses": ["praise"]}, "结果运用第 1 项:没有“praise”这一项。可选:情况通报、工作约谈、专题监督。"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_the_place(changes: dict[str, Any], sentence: str) -> None:
    assert refused(ReportReview.Params().read, {**GOOD, **changes}) == f"表单有误:{sentence}"
