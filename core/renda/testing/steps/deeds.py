"""Steps that act: every action of every practice is a verb here, under its own Chinese name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from pytest_bdd import step, then

from renda.errors import RendaError
from renda.testing.factories import World
from renda.testing.references import aim_at, matter_called, somebody
from renda.testing.sentences import Sentence
from renda.testing.wording import Reader

Table = Sequence[Sequence[str]]


class Refusals:
    """The refusal a step was answered with, until a step asks for it."""

    def __init__(self, expected: Callable[[], bool]) -> None:
        self.expected = expected
        self.last: RendaError | None = None

    def taken(self) -> RendaError:
        """The refusal; the step before must have been refused."""
        assert self.last is not None, "系统没有拒绝,照办了。"
        refusal, self.last = self.last, self.last
        return refusal


@pytest.fixture
def refusals(expects_refusal: Callable[[], bool]) -> Refusals:
    """What was refused in this scenario."""
    return Refusals(expects_refusal)


@step(
    Sentence(
        '{who:who}"{action}"[,记作"{alias}"]',
        "某人开启一件事项;下面的表格写表单的内容(两列:条目、内容)。“记作”给它一个后面用的名称",
        '当 代表"代表甲" "提出建议":',
    )
)
def opens(
    world: World, refusals: Refusals, *, who: str, action: str, alias: str = "", datatable: Table | None = None
) -> None:
    """Open a matter."""
    _act(world, refusals, who, action, table=datatable, alias=alias)


@step(
    Sentence(
        '{who:who}在{m:matter}中"{action}"[,记作"{alias}"]',
        "某人在一件事项之内开启另一件",
        '当 工作人员 在"路灯"中"交办":',
    )
)
def opens_inside(
    world: World, refusals: Refusals, *, who: str, m: str, action: str, alias: str = "", datatable: Table | None = None
) -> None:
    """Open a matter inside another."""
    _act(world, refusals, who, action, table=datatable, alias=alias, parent=matter_called(world, m))


@step(
    Sentence(
        '{who:who}"{action}"{m:matter}',
        "某人对一件事项做一个动作。动作用页面上按钮的名称;事项用标题,之内的事项写“的承办任务”加名称或“第2项”",
        '当 工作人员 "审查受理" 建议"路灯":',
    )
)
def acts(world: World, refusals: Refusals, *, who: str, action: str, m: str, datatable: Table | None = None) -> None:
    """Take an action on a matter."""
    _act(world, refusals, who, action, table=datatable, matter=matter_called(world, m))


def _act(
    world: World, refusals: Refusals, who: str, action: str, *, table: Table | None, alias: str = "", **target: Any
) -> None:
    refusals.last = None
    actor = somebody(world, who)
    number = target.get("matter")
    aim = aim_at(world, action, number)
    form = None if aim.action is None else aim.action.form
    entries = Reader(world, aim.rules.practice, partial(matter_called, world)).entries(form, table or ())
    options = target if number is not None else {**target, "practice": aim.rules.code}
    try:
        outcome = world.act(actor, action, entries, **options)
    except RendaError as refusal:
        if not refusals.expected():
            raise
        refusals.last = refusal
        return
    if alias:
        world.names[alias] = outcome.matter_id


@then(Sentence("[系统]拒绝", "上一步被拒绝", "那么 系统拒绝"))
def refused(refusals: Refusals) -> None:
    """The step before was refused."""
    refusals.taken()


@then(Sentence('[系统]拒绝,代码"{code}"', "上一步被拒绝,代码是这个", '那么 拒绝,代码"matter.not_now"'))
def refused_with_code(refusals: Refusals, code: str) -> None:
    """The step before was refused with this code."""
    refusal = refusals.taken()
    assert refusal.code == code, f"代码是 {refusal.code}:{refusal.message}"


@then(Sentence('[系统]拒绝并说"{words}"', "上一步被拒绝,所说的话里有这些字", '那么 系统拒绝并说"现在不能“评价答复”"'))
def refused_saying(refusals: Refusals, words: str) -> None:
    """The step before was refused with these words in its sentence."""
    refusal = refusals.taken()
    assert words in refusal.message, f"说的是:{refusal.message}"


@then(
    Sentence(
        '[系统]拒绝,因为"{entry}"{words:words}',
        "上一步被拒绝,表单这个条目的毛病是这样说的",
        '那么 系统拒绝,因为"标题"必须填写',
    )
)
def refused_for_entry(refusals: Refusals, entry: str, words: str) -> None:
    """The step before was refused because of an entry of its form."""
    refusal = refusals.taken()
    assert f"{entry}:{words}" in refusal.message, f"说的是:{refusal.message}"
