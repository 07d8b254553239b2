"""Entries that are right each for itself and wrong together, also inside a list of groups."""

from types import SimpleNamespace
from typing import Any

import pytest

from renda import RendaError, Schema, declare, fields

declare({"test.sum": "两个权重之和为 {given},应为 1。"})


class Weights(Schema):
    first = fields.Decimal(required=True, label="甲权重")
    second = fields.Decimal(required=True, label="乙权重")

    def mistakes(self, values: Any) -> Any:
        given = values["first"] + values["second"]
        return {} if given == 1 else {"second": RendaError("test.sum", given=given)}


class Table(Schema):
    rows = fields.List(fields.Nested(Weights), required=True, label="权重表")
    note = fields.Str(required=True, label="说明")


def test_entries_that_disagree_are_refused_at_the_entry_the_schema_names() -> None:
    with pytest.raises(RendaError) as refused:
        Weights().read({"first": "0.4", "second": "0.5"})
    assert refused.value.message == "表单有误:乙权重:两个权重之和为 0.9,应为 1。"
    assert refused.value.fields == {"second": "两个权重之和为 0.9,应为 1。"}


def test_entries_are_compared_only_when_each_is_right_for_itself() -> None:
    with pytest.raises(RendaError) as refused:
        Weights().read({"first": "0.4"})
    assert refused.value.fields == {"second": "必须填写。"}


def test_a_mistake_inside_a_list_is_told_with_its_place_and_beside_the_others() -> None:
    with pytest.raises(RendaError) as refused:
        Table().read({"rows": [{"first": "0.5", "second": "0.5"}, {"first": "0.5", "second": "0.4"}]})
    assert refused.value.message == ("表单有误:权重表第 2 项乙权重:两个权重之和为 0.9,应为 1。;说明:必须填写。")
    assert set(refused.value.fields) == {"rows.1.second", "note"}


def test_an_unknown_entry_inside_a_list_keeps_its_own_name() -> None:
    with pytest.raises(RendaError) as refused:
        Table().read({"rows": [{"first": "0.5", "second": "0.5", "third": "1"}], "note": "无"})
    assert refused.value.message == "表单有误:权重表第 1 项third:没有这一项。"


class Line(Schema):
    grade = fields.Choice(of="grades", required=True, label="档次")
    organ = fields.Organ(label="单位")


class Lines(Schema):
    lines = fields.List(fields.Nested(Line), required=True, label="行")


def test_a_group_inside_a_list_knows_the_parameters_and_what_the_district_keeps() -> None:
    schema = Lines()
    schema.params = SimpleNamespace(grades={"A": 1})
    schema.exists = lambda noun, number: (noun, number) == ("organ", 7)
    assert schema.read({"lines": [{"grade": "A", "organ": 7}]})["lines"] == [{"grade": "A", "organ": 7}]
    with pytest.raises(RendaError) as refused:
        schema.read({"lines": [{"grade": "B", "organ": 8}]})
    assert refused.value.message == (
        "表单有误:行第 1 项档次:没有“B”这一项。可选:A。;行第 1 项单位:本区县没有编号为 8 的记录。"
    )
