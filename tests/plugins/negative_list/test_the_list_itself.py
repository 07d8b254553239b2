"""A district's list is wrong in ways that are told before anything is handled under it."""

from decimal import Decimal
from typing import Any

import pytest

from renda import RendaError
from renda_plugins.negative_list import NegativeList

SPAN = {"n": 5, "unit": "working_day"}


def given(**changes: Any) -> Any:
    item = {
        "code": "1.1",
        "category": "1",
        "label": "某事",
        "deduction": Decimal("0.1"),
        "cap": Decimal("0.2"),
        "basis": "x",
    }
    item |= changes.pop("item", {})
    params = {
        "step": Decimal("0.1"),
        "base": Decimal(0),
        "floor": Decimal(-1),
        "organ_cap": Decimal(1),
        "entered_by": ["clerk"],
        "explanation": SPAN,
        "appeal": SPAN,
        "review": SPAN,
        "report_to": ["区委"],
        "categories": [{"code": "1", "label": "甲"}],
        "items": [{key: value for key, value in item.items() if value is not None}],
        "export": [{"header": "单位", "shows": "organ"}],
    }
    return params | changes


WRONG = [
    ({"item": {"deduction": Decimal("0.15")}}, "清单:清单第 1.1 项的每次扣分 0.15 不是 0.1 的整数倍。"),
    ({"item": {"deduction": Decimal(0)}}, "清单:清单第 1.1 项的每次扣分 0 不是 0.1 的整数倍。"),
    (
        {"item": {"most": Decimal("0.3")}},
        "清单:清单第 1.1 项:每次扣分 0.1、每次最多 0.3、年度封顶 0.2 应依次不减。",
    ),
    ({"item": {"category": "9"}}, "清单:清单第 1.1 项归入“9”,没有这一类。已有:1。"),
    ({"categories": [{"code": "1", "label": "甲"}] * 2}, "类别:清单里 1 出现了两次。编号不能重复。"),
    (
        {"categories": [{"code": "1", "label": "甲"}, {"code": "2", "label": "乙"}]},
        "清单:第 2 类下面一项也没有。请补上细项,或删去这一类。",
    ),
    ({"step": Decimal(0)}, "扣分单位:扣分单位应大于 0,现为 0。"),
    ({"floor": Decimal(1)}, "保底分:保底分 1 高于基准分 0。请改低保底分。"),
    (
        {"item": {"trigger": {"fact": "x.y", "below": Decimal(1), "is": "差"}}},
        "清单第 1 项触发条件事实:一个触发条件只能写 below、at_least、is 之一。",
    ),
    (
        {"item": {"trigger": {"fact": "x.y", "times": 0}}},
        "清单第 1 项触发条件连续次数:连续次数 times 应不小于 1,现为 0。",
    ),
    ({"item": {"basis": None}}, "清单第 1 项出处:必须填写。"),
    (
        {"entered_by": ["public"]},
        "可以提出扣分的人第 1 项:没有“public”这一项。可选:工作人员、常委会组成人员、主任会议。",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_a_list_that_contradicts_itself_is_refused_with_the_place(changes: Any, sentence: str) -> None:
    with pytest.raises(RendaError) as refused:
        NegativeList.Params().read(given(**changes))
    assert refused.value.message == f"表单有误:{sentence}"


def test_a_list_without_mistakes_is_taken_as_it_stands() -> None:
    read = NegativeList.Params().read(given(item={"trigger": {"fact": "project.grade", "is": "差"}}))
    assert read["items"][0]["trigger"] == {"fact": "project.grade", "is_": "差", "times": 1}
    assert read["items"][0]["evidence"] is True
