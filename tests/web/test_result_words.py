"""One vocabulary: phone, hall, page, API, notice, minutes and archive say the same of every type of ballot and outcome."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from backing import surfaces
from backing.chamber import CLERK, DAY, Chamber, make_chamber
from backing.databases import Database
from backing.world import hidden_entries
from renda.matter import Actor
from renda.sealing import signer_in
from renda.services import ballots, meetings
from renda.services.ballots.result_text import title_of
from renda.services.ballots.standing import standing_of
from renda.services.benches.finding import STATES

VERIFY = Path(__file__).resolve().parents[2] / "tools/verify_archive.py"
CHAIR = Actor(903, "主任会议", frozenset({"chair"}))
SECOND = Actor(902, "工作人员丁", frozenset({"clerk"}))
HALF = "须全体组成人员 5 人的过半数,即 3 票"
BOTH_THIRDS = ";参加表决的须全体组成人员 5 人的三分之二以上,即 4 人"
LEVELS: Mapping[str, Any] = {
    "scale": [
        {"code": "A", "label": "满意", "satisfied": True},
        {"code": "B", "label": "基本满意", "satisfied": True},
        {"code": "C", "label": "不满意"},
    ],
    "grades": [{"when": "2*A > N", "grade": "满意"}, {"when": "100*(A + B) >= 94*N", "grade": "基本满意"}],
}
LEVELS_NEED = (
    "“满意”:满意票须全体组成人员 5 人的过半数,即 3 票;“基本满意”:满意、基本满意票须达到全体组成人员 5 人的 94%,即 5 票"
)


def rows(*marks: str) -> dict[str, Any]:
    """A sheet with a mark for each line, empty for none."""
    return {"marks": {str(place): [mark] for place, mark in enumerate(marks, 1) if mark}}


def chose(*codes: str) -> dict[str, Any]:
    """A paper of a selection."""
    return {"chosen": list(codes)}


def elects(*marks: str, written: Sequence[str] = ()) -> dict[str, Any]:
    """A paper of an election."""
    return {"marks": {str(place): mark for place, mark in enumerate(marks, 1) if mark}, "written": list(written)}


@dataclass(frozen=True)
class Case:
    """A ballot and what has to be said of it, worked out by hand from its papers and its rule."""

    name: str
    bench: str
    rule: Mapping[str, Any]
    subjects: Sequence[str]
    papers: Sequence[Mapping[str, Any]]
    columns: Sequence[str]
    lines: surfaces.Lines
    needed: str
    more: Mapping[str, Any] = field(default_factory=dict)


CASES = [
    Case("决议", "motion", {}, ["决议甲"], [rows("yes")] * 3 + [rows("no"), rows()],
         ["赞成", "反对", "弃权"], {"决议甲": (("3", "1", "1(其中未填 1)"), "通过")}, HALF),
    Case("任免", "motion", {}, ["任命张某", "任命李某"],
         [rows("yes", "no")] * 2 + [rows("yes", ""), rows("abstain", "no"), rows("no", "no")],
         ["赞成", "反对", "弃权"],
         {"任命张某": (("3", "1", "1"), "通过"), "任命李某": (("0", "4", "1(其中未填 1)"), "未通过")}, HALF),
    Case("多于反对", "motion", {"threshold": "plurality", "blank": "invalid"}, ["动议"],
         [rows("yes")] * 2 + [rows("no"), rows(), rows()],
         ["赞成", "反对", "弃权", "无效票"],
         {"动议": (("2", "1", "0", "2(其中未填 2)"), "通过")}, "赞成票须多于反对票,即 2 票"),
    Case("人数不足", "motion", {"participation": "two_thirds", "blank": "ignored"}, ["议案"],
         [rows("yes")] * 2 + [rows()],
         ["赞成", "反对", "弃权", "空白票"],
         {"议案": (("2", "0", "0", "1"), "参加表决人数不足,未形成结果")}, HALF + BOTH_THIRDS),
    Case("票决", "selection", {"seats": 2, "threshold": "plurality"}, ["修路", "建桥", "种树"],
         [chose("1", "2")] * 2 + [chose("1", "3")] * 2 + [chose()],
         ["选", "未选", "弃权(未填)"],
         {"修路": (("4", "0", "1"), "入选"), "建桥": (("2", "2", "1"), "票数相同,须再次投票"),
          "种树": (("2", "2", "1"), "票数相同,须再次投票")}, "得票多的 2 项入选"),
    Case("票决不足", "selection", {"seats": 1, "participation": "two_thirds"}, ["修路", "建桥"], [chose("1")] * 3,
         ["选", "未选"],
         {"修路": (("3", "0"), "参加投票人数不足,未形成结果"), "建桥": (("0", "3"), "参加投票人数不足,未形成结果")},
         HALF + ";达到的多于 1 项时,得票多的入选" + BOTH_THIRDS),
    Case("选举", "election", {"seats": 1}, ["候选甲", "候选乙"],
         [elects("yes", "no")] * 3 + [elects("no", "abstain", written=["代表丁"]), elects()],
         ["赞成", "反对", "弃权"],
         {"候选甲": (("3", "1", "1(其中未填 1)"), "当选"), "候选乙": (("0", "3", "2(其中未填 1)"), "未当选"),
          "代表丁": (("1", "—", "—"), "未当选")}, HALF + ";达到的多于 1 项时,得票多的当选"),
    Case("测评", "measurement", LEVELS, ["财政局", "教育局"],
         [rows("A", "B")] * 3 + [rows("B", ""), rows("", "C")],
         ["满意", "基本满意", "不满意", "无效票"],
         {"财政局": (("3", "1", "0", "1(其中未填 1)"), "满意"),
          "教育局": (("0", "3", "1", "1(其中未填 1)"), "未达到任何等次")}, LEVELS_NEED),
    Case("民主测评", "questionnaire", {**LEVELS, "base": "valid"}, ["单位"], [rows("A")] * 2 + [rows("C")],
         ["满意", "基本满意", "不满意"], {"单位": (("2", "0", "1"), "满意")},
         "“满意”:满意票须有效票 3 张的过半数,即 2 票;“基本满意”:满意、基本满意票须达到有效票 3 张的 94%,即 3 票"),
    Case("打分", "measurement", {"highest": 10}, ["甲组"], [rows("8"), rows("9"), rows("9")],
         ["8", "9"], {"甲组": (("1", "2"), "8.67")}, "以平均分为结果"),
]  # fmt: skip
FOREIGN = {
    "selection": ("赞成", "反对", "当选", "通过"), "election": ("入选", "未选"),
    "motion": ("等次", "当选", "入选"), "measurement": ("赞成", "当选"), "questionnaire": ("赞成", "当选"),
}  # fmt: skip


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path)
    made.towns.app.extensions["renda_signer"] = signer_in(tmp_path / "signing.key")
    yield made
    made.world.close()


def cast(chamber: Chamber, number: int, papers: Sequence[Mapping[str, Any]]) -> None:
    for member, paper in enumerate(papers):
        voter = Actor(None, "", frozenset({"member"}), chamber.members[member])
        with chamber.world.writing() as desk:
            ballots.cast(desk, voter, number, ballots.seal(desk, number, paper))


def released(chamber: Chamber, number: int) -> dict[str, surfaces.Said]:
    """Counted and published: what the surfaces say that are there before the sitting ends."""
    chamber.close(number)
    chamber.publish(number)
    return {
        "hall": surfaces.hall(chamber, number), "page": surfaces.page(chamber, number),
        "API": surfaces.interface(chamber, number), "notice": surfaces.notice(chamber, number),
        "phone": surfaces.phone(chamber, number),
    }  # fmt: skip


def adjourned(chamber: Chamber) -> None:
    with chamber.world.writing() as desk:
        meetings.close(desk, CLERK, chamber.meeting)


def test_all_surfaces_say_the_same_of_every_bench_and_outcome(chamber: Chamber) -> None:
    said: dict[str, dict[str, surfaces.Said]] = {}
    numbers, offered = {}, {}
    for case in CASES:
        number = chamber.ready(case.name, case.bench, case.subjects, rule=case.rule, **case.more)
        offered[case.name] = surfaces.phone(chamber, number).columns
        cast(chamber, number, case.papers)
        numbers[case.name], said[case.name] = number, released(chamber, number)
    adjourned(chamber)
    for case in CASES:
        found = said[case.name]
        found["minutes"] = surfaces.minutes(chamber, title_of(chamber.row(numbers[case.name])))
        found["archive"] = surfaces.archive(chamber, numbers[case.name])
        assert len(found) == 7
        for surface, each in found.items():
            assert each.lines in (None, case.lines), (case.name, surface)
            assert each.lines is None or each.columns == list(case.columns), (case.name, surface)
            assert case.needed in each.text, (case.name, surface, each.text)
            assert not [word for word in FOREIGN[case.bench] if word in each.text], (case.name, surface, each.text)
        for label, (_, outcome) in case.lines.items():
            assert re.search(rf"{label}:[^。]*{re.escape(outcome)}。", found["phone"].text), (case.name, "phone")
        if case.name != "打分":
            made = [mark for mark in case.columns if mark not in {"无效票", "空白票", "弃权(未填)"}]
            assert set(made) <= {*offered[case.name], "未选"}, (case.name, offered[case.name])


def test_the_archive_of_blank_and_void_papers_is_found_right_by_whoever_checks_it(
    chamber: Chamber, tmp_path: Path
) -> None:
    for case in CASES:
        number = chamber.ready(case.name, case.bench, case.subjects, rule=case.rule)
        cast(chamber, number, case.papers)
        chamber.close(number)
        chamber.publish(number)
    adjourned(chamber)
    kept = tmp_path / "archive.jsonl"
    kept.write_bytes(chamber.as_("m1").client.get(f"/jia/meetings/{chamber.meeting}/archive").data)
    ended = subprocess.run([sys.executable, "-I", str(VERIFY), str(kept)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    kept.write_text(kept.read_text("utf-8").replace('"papers":1}', '"papers":2}', 1), "utf-8")
    ended = subprocess.run([sys.executable, "-I", str(VERIFY), str(kept)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "without a mark are not as many as it says" in ended.stdout


def test_the_rate_of_satisfaction_stands_on_every_surface(chamber: Chamber) -> None:
    case = next(case for case in CASES if case.name == "测评")
    number = chamber.ready(case.name, case.bench, case.subjects, rule=case.rule)
    cast(chamber, number, case.papers)
    found = released(chamber, number)
    adjourned(chamber)
    found |= {"minutes": surfaces.minutes(chamber, "测评"), "archive": surfaces.archive(chamber, number)}
    for surface, each in found.items():
        for rate in ("80.0%(4/5)", "60.0%(3/5)"):
            assert rate in each.text, (surface, each.text)


def test_a_round_that_follows_says_which_it_is_and_the_minutes_join_what_was_chosen(chamber: Chamber) -> None:
    first = chamber.ready(
        "民生实事票决", "selection", ["修路", "建桥", "种树"], rule={"seats": 2, "threshold": "plurality"}
    )
    cast(chamber, first, [chose("1", "2")] * 2 + [chose("1", "3")] * 2)
    released(chamber, first)
    with chamber.world.writing() as desk:
        second = ballots.next_round(desk, CLERK, first)
    chamber.open(second)
    cast(chamber, second, [chose("1")] * 3 + [chose("2")] * 2)
    found = released(chamber, second)
    adjourned(chamber)
    found |= {
        "minutes": surfaces.minutes(chamber, "民生实事票决(第 2 轮)"),
        "archive": surfaces.archive(chamber, second),
    }
    for surface, each in found.items():
        assert "民生实事票决(第 2 轮)" in each.text, (surface, each.text)
        assert each.lines in (None, {"建桥": (("3", "2"), "入选"), "种树": (("2", "3"), "未入选")}), surface
    assert "3 > 2,得票多的取得名额。" in chamber.as_("m1").text(f"/jia/ballots/{second}").replace("&gt;", ">")
    text = chamber.as_("clerk").text(f"/jia/meetings/{chamber.meeting}/minutes/txt")
    assert "民生实事票决共进行 2 轮,入选 2 项:修路、建桥。" in text
    assert "民生实事票决(第 1 轮)" in text


def test_void_withheld_and_never_opened_are_sentences_of_their_own_everywhere(chamber: Chamber) -> None:
    void = chamber.ready("作废的决议")
    with chamber.world.writing() as desk:
        ballots.hand_paper(desk, CLERK, void, chamber.members[4].id)
    cast(chamber, void, [rows("yes")] * 4)
    figures = {"returned": 2, "rows": {"1": {"marks": {"yes": 2}}}}
    with chamber.world.writing() as desk:
        ballots.stop(desk, CLERK, void)
        for who in (CLERK, SECOND):
            ballots.enter_count(desk, who, void, figures, recounted=True)
    chamber.close(void)
    reason = "收回的票 6 张,多于发出的票 5 张(6 > 5;选举法第四十四条)。本次表决无效,没有形成结果,须重新表决。"
    for said in (surfaces.hall, surfaces.page, surfaces.interface, surfaces.phone):
        assert reason in said(chamber, void).text, said.__name__
        assert "未达到任何等次" not in said(chamber, void).text
    assert reason in surfaces.plain(chamber.as_("clerk").text(f"/jia/ballots/{void}"))
    held = chamber.ready("单位测评", "measurement", ["某局"])
    cast(chamber, held, [rows("满意")] * 5)
    chamber.close(held)
    with chamber.world.writing() as desk:
        ballots.withhold(desk, CHAIR, held, "只报告结论")
    quiet = "已计票;结果经主任会议决定不公布。"
    for said in (surfaces.hall, surfaces.page, surfaces.interface, surfaces.phone):
        assert quiet in said(chamber, held).text, said.__name__
        assert not said(chamber, held).lines
    adjourned(chamber)
    for number, title, sentence in ((void, "作废的决议", reason), (held, "单位测评", quiet)):
        assert sentence in surfaces.minutes(chamber, title).text
        assert sentence in surfaces.archive(chamber, number).text
        assert not surfaces.minutes(chamber, title).lines


def test_what_was_never_opened_is_recorded_as_that_and_not_as_a_vote(chamber: Chamber) -> None:
    never = chamber.prepare("没有付表决的议案")
    assert "还没有开始表决。" in surfaces.interface(chamber, never).text
    adjourned(chamber)
    sentence = "没有付诸表决:会议期间没有开始,也没有投票。"
    assert sentence in surfaces.minutes(chamber, "没有付表决的议案").text
    assert sentence in surfaces.page(chamber, never).text


def test_every_state_has_a_sentence_of_its_own_but_the_published_one(chamber: Chamber) -> None:
    row = chamber.row(chamber.prepare())
    said = set()
    for state in STATES:
        row.state = state
        for closed in (False, True):
            said.add(standing_of(row, sitting_closed=closed))
    row.bench, row.state = "measurement", "withheld"
    said.add(standing_of(row))
    assert len(said) == len(STATES) + 2


def test_a_named_ballot_stands_in_the_minutes_by_name(chamber: Chamber) -> None:
    number = chamber.ready("记名表决", secrecy="named")
    cast(chamber, number, [rows("yes"), rows("yes"), rows("no"), rows()])
    released(chamber, number)
    adjourned(chamber)
    text = surfaces.minutes(chamber, "记名表决").text
    assert "赞成 2 人:委员甲1、委员甲2;反对 1 人:委员甲3;弃权 1 人:委员甲4;未投票 1 人:委员甲5。" in text
    assert re.search(r"表决,记名。表决时间 \d\d:\d\d—\d\d:\d\d。", text)
    assert DAY.isoformat() not in text


def test_a_prepared_ballot_says_by_which_rule_it_will_be_counted(chamber: Chamber) -> None:
    clerk = chamber.as_("clerk")
    law = clerk.send(
        f"/jia/meetings/{chamber.meeting}/ballots/new", question="议题", rule="law-majority", secrecy="secret"
    )
    page = surfaces.plain(clerk.text(law.headers["Location"]))
    assert f"计票办法 {HALF} · 没有填的算弃权。 地方组织法第二十五条、第五十一条" in page
    seats = chamber.prepare("票决", "selection", ["修路", "建桥"], rule={"seats": 1, "base": "present"})
    page = surfaces.plain(clerk.text(f"/jia/ballots/{seats}"))
    assert "可选 选 · 最多选 1 项" in page
    assert "须出席人员的过半数;达到的多于 1 项时,得票多的入选" in page


def test_the_count_page_asks_for_a_recount_where_more_came_back_than_went_out(chamber: Chamber) -> None:
    number = chamber.ready()
    with chamber.world.writing() as desk:
        ballots.hand_paper(desk, CLERK, number, chamber.members[4].id)
        ballots.stop(desk, CLERK, number)
    clerk, address = chamber.as_("clerk"), f"/jia/ballots/{number}/count"
    asked = clerk.send(address, f0="2", f1="2")
    assert asked.status_code == 409
    assert "发出纸质票 1 张,计票单写收回 2 张,收回多于发出。请重新清点" in asked.text
    assert 'name="recounted"' in asked.text
    token = hidden_entries(asked.text)
    kept = clerk.client.post(address, data={**token, "f0": "2", "f1": "2", "recounted": "1"})
    assert kept.status_code == 303
    wrong = clerk.send(address, f0="2", f1="二")
    assert "计票单的“关于批准决算的决议·赞成”应为不小于0的整数,实际写的是“二”。" in wrong.text
