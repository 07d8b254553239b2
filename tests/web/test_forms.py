"""Forms drawn from fields, and what comes back read into entries."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from backing.sample_forms import Proposal
from backing.world import Towns
from renda import Schema, Span, fields
from renda.deadlines import Unit
from renda.model import MandateRow, PersonRow
from renda.services import directory
from renda.services.desk import Desk
from renda.testing.factories import FIRST_DAY
from renda.web.entries import entries_of
from renda.web.forms import Drawing, Widget


class Inner(Schema):
    """A row."""

    word = fields.Str(required=True, label="词")


class Every(Schema):
    """One field of each kind that the sample does not have."""

    many = fields.Choice({str(at): f"第{at}项" for at in range(9)}, label="九选一")
    few = fields.Choice({"a": "甲", "b": "乙"}, required=True, label="二选一")
    by_choice = fields.Dict(keys=fields.Choice({"a": "甲", "b": "乙"}), values=fields.Int(), label="各占多少")
    lines = fields.List(fields.Str(), label="要点")
    numbers = fields.List(fields.Int(), label="数字")
    anybody = fields.Person(label="联系人")
    head = fields.Official(label="负责人")
    organs = fields.List(fields.Organ(), label="单位")
    must = fields.List(fields.Nested(Inner), required=True, label="必填的行")


def drawn(towns: Towns, schema: type[Schema], entries: dict[str, Any], **options: Any) -> dict[str, Widget]:
    with towns.jia.world.reading() as desk:
        return {widget.name: widget for widget in Drawing(desk, None, **options).form(schema, entries)}


def read(towns: Towns, schema: type[Schema], *posted: tuple[str, str]) -> dict[str, Any]:
    with towns.jia.world.reading() as desk:
        return entries_of(desk, schema, MultiDict(posted))


def test_each_kind_of_field_has_its_widget(local_towns: Towns) -> None:
    proposal = drawn(local_towns, Proposal, {})
    assert {name: widget.sort for name, widget in proposal.items()} == {
        "title": "line", "text": "text", "proposer": "select", "seconders": "checks", "topics": "checks",
        "households": "int", "secret": "radio", "place": "group", "costs": "rows", "shares": "rows",
        "related": "int", "works": "select", "wish": "span",
    }  # fmt: skip
    every = drawn(local_towns, Every, {})
    assert {name: widget.sort for name, widget in every.items()} == {
        "many": "select", "few": "radio", "by_choice": "rows", "lines": "text", "numbers": "text",
        "anybody": "select", "head": "select", "organs": "checks", "must": "rows",
    }  # fmt: skip


def test_what_is_not_required_can_be_left_out_and_what_is_cannot(local_towns: Towns) -> None:
    every = drawn(local_towns, Every, {})
    assert [option.value for option in every["few"].options] == ["a", "b"]
    assert every["many"].options[0].value == ""
    assert every["must"].rows[0][0].required
    proposal = drawn(local_towns, Proposal, {})
    assert not any(widget.required for widget in proposal["place"].rows[0])
    assert not any(widget.required for row in proposal["costs"].rows for widget in row)


def test_a_table_of_known_keys_has_one_row_for_each(local_towns: Towns) -> None:
    rows = drawn(local_towns, Every, {"by_choice": {"b": 7}})["by_choice"].rows
    assert [(key.value, value.value) for key, value in rows] == [("a", ""), ("b", "7")]


def test_exact_values_and_typed_ones_fill_a_form_alike(local_towns: Towns) -> None:
    for wish in (Span(7, Unit.WORKING_DAY), {"n": 7, "unit": "working_day"}):
        widget = drawn(local_towns, Proposal, {"wish": wish, "secret": True})["wish"]
        assert widget.value == "7"
        assert [option.label for option in widget.options if option.chosen] == ["个工作日"]
    for secret in (True, "true"):
        options = drawn(local_towns, Proposal, {"secret": secret})["secret"].options
        assert [option.label for option in options if option.chosen] == ["是"]


def test_a_mistake_inside_a_table_is_told_beside_the_table(local_towns: Towns) -> None:
    mistakes = {"shares.区级.value": "应填写数字。", "_schema": "整份不对。"}
    assert drawn(local_towns, Proposal, {}, mistakes=mistakes)["shares"].error == "应填写数字。"
    with local_towns.jia.world.reading() as desk:
        assert Drawing(desk, None, mistakes).rest == "整份不对。"


def test_lines_are_read_one_by_one_and_blanks_dropped(local_towns: Towns) -> None:
    said = read(local_towns, Every, ("lines", "甲\r\n\r\n 乙 \n甲"), ("numbers", "1\n二"), ("few", "a"))
    assert said == {"lines": ["甲", "乙"], "numbers": [1, "二"], "few": "a"}


def test_rows_may_have_gaps_and_stay_in_order(local_towns: Towns) -> None:
    posted = [(f"must.{at}.word", word) for at, word in ((10, "丙"), (2, "乙"), (0, "甲"), (5, " "))]
    assert read(local_towns, Every, *posted, ("must.x.word", "丁")) == {
        "must": [{"word": "甲"}, {"word": "乙"}, {"word": "丙"}]
    }


def test_a_span_without_a_number_was_not_filled_in(local_towns: Towns) -> None:
    assert read(local_towns, Proposal, ("wish.n", ""), ("wish.unit", "month")) == {}
    assert read(local_towns, Proposal, ("wish.n", "x"), ("wish.unit", "month")) == {"wish": {"n": "x", "unit": "month"}}


def crowd(desk: Desk, count: int = 70) -> None:
    for at in range(count):
        row = PersonRow(code=f"D{at:03}", name=f"代表{at}", sort_key=f"{at:03}")
        desk.session.add(row)
        desk.session.flush()
        desk.session.add(MandateRow(person_id=row.id, since=FIRST_DAY))
    desk.session.add(PersonRow(code="G001", name="代表0", sort_key="x"))
    desk.session.flush()


def test_many_people_are_looked_up_by_name_or_code_and_not_scrolled_through(towns: Towns) -> None:
    with towns.jia.world.writing() as desk:
        crowd(desk)
        number = directory.number_of(desk, "deputy", "D007")
    assert number is not None
    widgets = drawn(towns, Proposal, {"proposer": number, "seconders": [number]})
    assert widgets["proposer"].sort == "lookup"
    assert widgets["proposer"].value == "代表7（D007）"
    assert widgets["seconders"].sort == "repeated"
    assert [row[0].value for row in widgets["seconders"].rows] == ["代表7（D007）", ""]
    more = drawn(towns, Proposal, {"seconders": [number]}, more="seconders")["seconders"]
    assert len(more.rows) == 4


@pytest.mark.parametrize("typed", ["D007", "代表7", "代表7（D007）", "代表7(D007)", " 代表7 "])
def test_a_person_is_known_by_code_by_name_or_by_both(towns: Towns, typed: str) -> None:
    with towns.jia.world.writing() as desk:
        crowd(desk)
        known = {each.code: each.id for each in directory.listed(desk, "deputy")}
        assert entries_of(desk, Proposal, MultiDict([("proposer", typed)])) == {"proposer": known["D007"]}


@pytest.mark.parametrize("typed", ["代表0", "没有此人", "#abc", "7"])
def test_a_name_two_have_or_nobody_has_stays_as_it_was_typed(towns: Towns, typed: str) -> None:
    with towns.jia.world.writing() as desk:
        crowd(desk)
        assert entries_of(desk, Every, MultiDict([("anybody", typed)])) == {"anybody": typed}


def test_who_does_not_hold_today_is_not_offered(towns: Towns) -> None:
    world = towns.jia.world
    with world.writing() as desk:
        row = desk.session.query(MandateRow).filter_by(person_id=towns.jia.parties["second"].id).one()
        row.until = world.day
    for days, offered in ((0, 2), (1, 1)):
        world.pass_days(days)
        with world.reading() as desk:
            assert len(directory.listed(desk, "deputy")) == offered


def test_names_are_read_in_one_query_for_each_noun(towns: Towns) -> None:
    parties = towns.jia.parties
    with towns.jia.world.reading() as desk:
        found = directory.names(
            desk,
            [("deputy", parties["deputy"].id), ("organ", parties["bureau"].id), ("organ", 10**6)],
        )
    assert found["person", parties["deputy"].id] == found["deputy", parties["deputy"].id] == "代表甲一"
    assert found["organ", parties["bureau"].id] == "住建局"
    assert ("organ", 10**6) not in found
