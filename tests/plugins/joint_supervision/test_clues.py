"""Who may see a clue, where it may go, what counts, and clues gathered from what audits found."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.clues import CODE, Joint
from renda import Fact, Party, Practice, RendaError, Schema, action, fields, hookimpl
from renda.practice import Practice as AnyPractice
from renda.rulebook import Rulebook, practice_class
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
AUDIT = 'plugin = "audits"\n[[version]]\neffective = 2018-01-01\nsource = "测试"\n[version.params]\n'


class Problem(Schema):
    title = fields.Str(required=True, label="问题")
    organ = fields.Organ(required=True, label="单位")


class Audits(Practice):
    """A practice that tells of problems audits found, as the supervision of state assets does."""

    title = "审计"
    plugin = "audits"
    states = {"found": "已发现"}
    ends = ("found",)

    @action("发现问题", by="clerk", when=None, then="found", data=Problem)
    def find(self, matter: Any) -> None:
        """A problem."""

    @hookimpl
    def facts(self, subject: Party | None, since: date, until: date, records: Any) -> Sequence[Fact]:
        """Each problem once."""
        return [
            Fact(
                "audit.problem",
                records.party("organ", each.payload["organ"]),
                each.opened_on,
                each.title,
                None,
                each.id,
            )
            for each in records.matters(self.code, since=since, until=until)
        ]


def found_practice(plugin: str, where: str) -> type[AnyPractice]:
    return Audits if plugin == "audits" else practice_class(plugin)


@pytest.fixture
def joint(tmp_path: Path) -> Iterator[Joint]:
    """坪山's own rules beside a practice that tells of audits."""
    folder = tmp_path / "districts" / "pingshan"
    folder.mkdir(parents=True)
    for name in ("district.toml", f"{CODE}.toml"):
        (folder / name).write_text((DISTRICTS / "pingshan" / name).read_text("utf-8"), "utf-8")
    (folder / "audits.toml").write_text(AUDIT, "utf-8")
    day = date(2020, 3, 2)
    world = World(fresh_sqlite(tmp_path), folder.parent, "pingshan", day=day, find_practice=found_practice)
    yield Joint(world)
    world.close()


def refusal(joint: Joint, action: str, number: int, who: Any = None, **entries: Any) -> str:
    with pytest.raises(RendaError) as refused:
        joint.world.act(who or joint.clerk, action, entries, matter=number)
    return refused.value.message


def test_problems_of_audits_become_clues_once_each(joint: Joint) -> None:
    bureau = joint.world.organ("某局")
    ledger = joint.begun()
    assert refusal(joint, "gather", ledger) == "自 2020-01-01 至今没有新的审计问题可以汇集。"
    for title in ("租金少收", "资产未登记"):
        joint.world.act(joint.clerk, "find", {"title": title, "organ": bureau.id}, practice="audits")
    joint.clerk_does("gather", ledger)
    clues = joint.world.matter(ledger).children("clue")
    told = [(each.payload["title"], each.payload["source"]) for each in clues]
    assert told == [("租金少收", "audit"), ("资产未登记", "audit")]
    assert [each.payload["concerns"] for each in clues] == [(bureau.id,)] * 2
    joint.world.act(joint.clerk, "find", {"title": "又一个", "organ": bureau.id}, practice="audits")
    joint.clerk_does("gather", ledger)
    assert len(joint.world.matter(ledger).children("clue")) == 3
    assert refusal(joint, "gather", ledger).startswith("自 2020-01-01 至今没有新的审计问题")


def test_a_clue_about_a_body_does_not_go_to_it(joint: Joint) -> None:
    body = joint.organs["区审计局"].id
    number = joint.shared(concerns=[body])
    said = "线索涉及“区审计局”自己,不能移送给它。"
    assert refusal(joint, "transfer", number, body=body, basis="审计") == said


def test_a_document_of_tomorrow_is_none_and_a_late_copy_is_told(joint: Joint) -> None:
    clue = joint.accepted()
    with pytest.raises(RendaError) as refused:
        joint.recorded(clue, done_on="2020-03-03")
    assert refused.value.message == "文书日期 2020-03-03 晚于今天。"
    joint.world.go_to(date(2020, 3, 13))
    assert joint.world.matter(joint.recorded(clue)).payload["days_late"] == 1
    with pytest.raises(RendaError) as refused:
        joint.recorded(clue, quantity="0")
    assert refused.value.message == "表单有误:数量:数量应大于 0,现为 0。"


def test_a_clue_without_outcome_is_not_concluded(joint: Joint) -> None:
    said = "还没有登记任何成果。没有成果的,请写明结果后由牵头机构存查。"
    assert refusal(joint, "conclude", joint.accepted(), joint.body(), conclusion="无") == said


def test_weak_rectification_is_pressed_for_with_a_letter(joint: Joint) -> None:
    number = joint.accepted()
    joint.clerk_does("press", number, measure="inquiry", press_for="没有收回")
    assert [each["measure"] for each in joint.world.matter(number).payload["pressed"]] == ["inquiry"]


def test_a_clue_is_opened_once(joint: Joint) -> None:
    number = joint.concluded()
    joint.world.act(joint.chair, "declassify", {"opened_for": "已公开"}, matter=number)
    assert refusal(joint, "declassify", number, joint.chair, opened_for="再开") == "这条线索已经解密。"


def test_a_year_has_one_ledger_with_somebody_to_transfer_to(joint: Joint) -> None:
    first = joint.begun()
    with pytest.raises(RendaError) as refused:
        joint.begun()
    assert refused.value.message == f"2020 年度的台账已经建立(事项 {first})。请在那里登记。"
    form = {"year": 2021, "joint": [joint.world.organ("某局").id]}
    with pytest.raises(RendaError) as refused:
        joint.world.act(joint.clerk, "begin", form, practice=CODE)
    said = "联动机关里没有一个是可以移送的机关:区监察委员会、区人民检察院、区审计局。"
    assert refused.value.message == said


def test_a_number_is_entered_once_and_checked_by_somebody_else(joint: Joint) -> None:
    number = joint.entered()
    with pytest.raises(RendaError) as refused:
        joint.entered()
    assert refused.value.message == f"“线索”的合计数已经登记(事项 {number})。"
    assert refusal(joint, "check_line", number) == "登记人不能核对自己登记的合计数。请由另一个人核对。"
    with pytest.raises(RendaError) as refused:
        joint.entered(line="suit", amount="-1")
    assert refused.value.message == "合计数应大于 0,现为 -1。"


WRONG = [
    (('{ code = "rule", label = "推动制定制度", unit = "项" },\n  { code = "inv', '{ code = "suit", label = "x", unit = "项" },\n  { code = "inv'), "“suit”写了两次。每一项只写一次。"),
    (('  { code = "clues", label = "线索", unit = "条" },\n', ""), "合计的项目里没有“clues”。线索数(clues、clues_deputy)和每一种成果都要有一项。"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), WRONG, ids=["twice", "missing"])
def test_a_district_that_counts_nonsense_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    folder = tmp_path / "pingshan"
    folder.mkdir()
    for name in ("district.toml", f"{CODE}.toml"):
        text = (DISTRICTS / "pingshan" / name).read_text("utf-8")
        (folder / name).write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(RendaError) as refused:
        Rulebook(folder)
    assert said in refused.value.message
