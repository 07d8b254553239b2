"""The conformance kit: a sound practice passes whole, and each kind of fault is caught by the check that is named."""

from collections.abc import Sequence
from typing import Any

import pytest
from kernel.conftest import refusal

from backing.following import Notes
from backing.sample import SAMPLE, Sample
from renda import Change, Practice, RendaError, Schema, action, declare, fields, hookimpl, leaf
from renda.testing import conformance
from renda.testing.conformance import Check
from renda.testing.walks import Walks

declare({"kit.closed": "样例:不开门。"})


class Report(Schema):
    """What is handed in."""

    title = fields.Str(required=True, label="标题")
    head = fields.Official(required=True, label="报告人", relation="subject")


class Verdict(Schema):
    """How it was found."""

    verdict = fields.Choice({"good": "合格", "bad": "不合格"}, required=True, label="结论")
    reason = fields.Text(label="理由")


class Sound(Practice):
    """Two ways out of one action, a reason where it is needed, a month to wait."""

    plugin = "sound"
    title = "样例报告"
    states = {"filed": "已提交", "passed": "合格", "failed": "待补正", "archived": "已归档"}
    ends = ("archived",)

    class Params(Schema):
        """One number."""

        points = fields.Decimal(required=True, label="分值")

    @action("提交报告", by="subject", when=None, then="filed", data=Report)
    def hand_in(self, matter: Any) -> None: ...

    @action("评阅", by=("clerk", "chair"), when="filed", then=("passed", "failed"), data=Verdict)
    def judge(self, matter: Any, verdict: Any) -> Change:
        if verdict["verdict"] == "bad" and "reason" not in verdict:
            raise RendaError("kit.closed")
        return Change(then="passed" if verdict["verdict"] == "good" else "failed")

    @action("归档", by="clerk", when=("passed", "failed"), then="archived")
    def archive(self, matter: Any, turn: Any) -> None:
        if (turn.day - matter.done_on("judge")).days < 30:
            raise RendaError("kit.closed")

    @hookimpl
    def score(self, matter: Any) -> Any:
        return leaf("得分", self.params.points) if matter.state == "passed" else None


PARAMS = "points = 2.5\n"


def failing(practice: type[Practice], params: str = PARAMS, **options: Any) -> dict[str, str]:
    """The checks that fail and their first lines."""
    found = {}
    for check in conformance.checks(practice, params, **options):
        try:
            check()
        except (AssertionError, RendaError) as error:
            found[str(check)] = str(error).splitlines()[0]
    return found


def names(found: Sequence[Check]) -> list[str]:
    return [str(check) for check in found]


def test_a_sound_practice_passes_whole() -> None:
    found = conformance.checks(Sound, PARAMS)
    assert failing(Sound) == {}
    assert len(set(names(found))) == len(found) > 40
    for name in (
        "“归档”在“已提交”时被拒绝", "“评阅”由人大代表来做被拒绝", "“提交报告”的表单缺“head”被拒绝",
        "“评阅”的表单里“verdict”不收不对的内容", "“提交报告”的表单不收不认识的条目", "“样例报告”走得到“已归档”",
        "参数不收不认识的键", "参数缺“points”被拒绝", "没有任何事项时,各个问题都答得上",
    ):  # fmt: skip
        assert name in names(found)


@pytest.mark.parametrize("practice", [Sample, Notes])
def test_practices_with_kinds_inside_and_the_systems_actions_pass(practice: type[Practice]) -> None:
    text = SAMPLE if practice is Sample else ""
    assert failing(practice, text) == {}


def test_a_door_left_open_is_caught() -> None:
    class Careless(Sound):
        plugin = "careless"

        def schema(self, form: type[Schema], exists: Any = None) -> Schema:
            schema = super().schema(form, exists)
            strict, known = schema.read, schema.fields

            def read(entries: Any) -> dict[str, Any]:
                kept = {name: value for name, value in entries.items() if name in known and value != 999_999}
                return strict({"head": 1, **kept} if "head" in known else kept)

            schema.read = read  # type: ignore[method-assign]
            return schema

    assert failing(Careless) == dict.fromkeys(
        (
            "“提交报告”的表单不收不认识的条目",
            "“提交报告”的表单缺“head”被拒绝",
            "“提交报告”的表单里“head”不收不对的内容",
            "“评阅”的表单不收不认识的条目",
        ),
        "没有被拒绝。",
    ) | {"“归档”的表单不收不认识的条目": "应以 form.invalid 拒绝,实际是:样例:不开门。 [kit.closed]"}


def test_a_state_no_form_leads_to_is_caught_and_may_be_shown_the_way() -> None:
    class Guarded(Sound):
        plugin = "guarded"

        @action("评阅", by=("clerk", "chair"), when="filed", then=("passed", "failed"), data=Verdict)
        def judge(self, matter: Any, verdict: Any) -> Change:
            if verdict["verdict"] == "good" and verdict.get("reason") != "暗号":
                raise RendaError("kit.closed")
            return Change(then="passed" if verdict["verdict"] == "good" else "failed")

    found = failing(Guarded)
    assert found["“样例报告”走得到“合格”"] == (
        "没有走到“样例报告”的状态“合格”。最后的阻碍:评阅:样例:不开门。 [kit.closed]。"
        "请在 samples 里给出合适的表单内容。 [test.no_walk]"
    )
    assert "“样例报告”走得到“待补正”" not in found

    shown = failing(Guarded, samples={"judge": lambda world: {"reason": "暗号"}})
    assert shown == {}


def test_what_opens_a_matter_in_a_state_may_be_given() -> None:
    def passed(world: Any) -> int:
        head = world.official("局长甲", "某局")
        begun = world.act(
            world.actor("deputy", person=head), "hand_in", {"title": "甲", "head": head.id}, practice="sound"
        )
        world.act(world.actor("clerk"), "judge", {"verdict": "good"}, matter=begun.matter_id)
        return int(begun.matter_id)

    walks = Walks(Sound, PARAMS, begun={("sound", "passed"): passed})
    assert walks.stand("sound", "passed").matter.payload["title"] == "甲"
    assert walks.stand("sound", "passed") is walks.stand("sound", "passed")
    assert walks.stand("sound", "filed").matter.payload["title"] == "样例文字"


def test_answers_of_the_wrong_sort_are_caught() -> None:
    class Babbling(Sound):
        plugin = "babbling"

        @hookimpl
        def sheets(self) -> Any:
            return [5]

        @hookimpl
        def score(self, matter: Any) -> Any:
            return 100 if matter.state == "passed" else None

    found = failing(Babbling)
    assert found["没有任何事项时,各个问题都答得上"].startswith(
        "sheets:“样例报告”对“sheets”的回答不对:应为 Sheet 的列表。"
    )
    assert "“样例报告”走得到“合格”" in found


def test_what_has_no_name_is_caught() -> None:
    class Dumb(Schema):
        """An entry without a label."""

        title = fields.Str(required=True)

    class Nameless(Practice):
        plugin = "nameless"
        title = "无名"
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="a", data=Dumb)
        def note(self, matter: Any) -> None: ...

    assert failing(Nameless, "") == {"办法、状态、动作和条目都有中文名称": "“登记”的条目 title 没有 label。"}


def test_parameters_that_are_wrong_are_told_by_the_first_check() -> None:
    found = refusal(conformance.checks(Sound, "points = 'x'\n")[0])
    assert found.message == "sample/sound.toml 自 2000-01-01 起生效的版本:分值(points):应填写数字。"
