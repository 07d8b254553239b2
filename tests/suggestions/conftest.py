"""A district whose suggestions are rated in three levels: nothing but the ratings is its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.databases import Database
from backing.suggestions import Walk
from renda import Change, Matter, Schema, SuggestionLife, Turn, action, fields
from renda.rulebook import Rulebooks
from renda.testing.factories import World, fresh_sqlite

RULES = """
plugin = "three_levels"
[[version]]
effective = 2018-01-01
source = "测试"
[version.params]
office = "代表工委"
screen = { n = 7, unit = "calendar_day" }
assign_intersession = { n = 7, unit = "working_day" }
assign_session = { n = 1, unit = "month" }
receive = { n = 5, unit = "working_day" }
return_request = { n = 7, unit = "working_day" }
return_from = "RETURN_FROM"
return_stops_clock = STOPS
reassign = { n = 10, unit = "working_day" }
first_contact = { n = 20, unit = "working_day" }
contact_before_reply = true
co_handler = { n = 1, unit = "month" }
reply = { n = 3, unit = "month" }
reply_longest = { n = 6, unit = "month" }
evaluate = { n = 20, unit = "working_day" }
evaluate_after_reminder = { n = 10, unit = "working_day" }
nonresponse = "NONRESPONSE"
implement = { n = 6, unit = "month" }
redo = { n = 1, unit = "month" }
redo_rounds = 1
supervise = { n = 3, unit = "month" }
joint_reply = "JOINT"
public_by_default = true
satisfied_levels = ["满意", "基本满意"]
categories = ["城市建设"]
result_classes = [
  { code = "A", label = "已解决", counts_as_solved = true },
  { code = "B", label = "计划解决", counts_as_solved = false, needs_commitment = true },
]
inadmissible_grounds = [{ code = "case", label = "具体案件", source = "某规定第九条" }]
"""
USUAL = {"RETURN_FROM": "receipt", "STOPS": "true", "NONRESPONSE": "excluded_after_reminder", "JOINT": "each_signer"}


class AnswerLevel(Schema):
    answer_level = fields.Choice({each: each for each in SuggestionLife.levels}, required=True, label="答复评价")
    answer_reason = fields.Text(label="理由")


class ImplementationLevel(Schema):
    implementation_level = fields.Choice(
        {each: each for each in SuggestionLife.levels}, required=True, label="落实评价"
    )
    implementation_reason = fields.Text(label="理由")


class ThreeLevels(SuggestionLife):
    """All a practice has to bring: two ratings."""

    plugin = "three_levels"
    title = "三档评价"

    @action("评价答复", by="proposer", when="answered", then=SuggestionLife.after_answer, data=AnswerLevel)
    def rate_answer(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        level, reason = rating["answer_level"], rating.get("answer_reason")
        return self.rated(matter, turn, stage="answer", level=level, reason=reason)

    @action(
        "评价落实",
        by="proposer",
        when="implemented",
        then=SuggestionLife.after_implementation,
        data=ImplementationLevel,
    )
    def rate_implementation(self, matter: Matter, rating: Mapping[str, Any], turn: Turn) -> Change:
        level, reason = rating["implementation_level"], rating.get("implementation_reason")
        return self.rated(matter, turn, stage="implementation", level=level, reason=reason)


def three_levels(url: str, root: Path, **changes: str) -> World:
    district = root / "districts" / "demo"
    district.mkdir(parents=True)
    (district / "district.toml").write_text('name = "演示区"\nterm = "第一届"\n', "utf-8")
    rules = RULES
    for word, value in (USUAL | changes).items():
        rules = rules.replace(word, value)
    (district / "suggestions.toml").write_text(rules, "utf-8")
    books = Rulebooks(district.parent, lambda plugin, file: ThreeLevels)
    return World(url, district.parent, "demo", day=date(2020, 3, 2), books=books)


@pytest.fixture
def walk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """A suggestion's path in the three-level district; parametrize indirectly to change its rules."""
    world = three_levels(fresh_sqlite(tmp_path), tmp_path, **getattr(request, "param", {}))
    yield Walk(world, "suggestions")
    world.close()


@pytest.fixture
def walk_anywhere(database_url: Database, tmp_path: Path) -> Iterator[Walk]:
    """The same on each of the two databases."""
    world = three_levels(database_url.app_url, tmp_path)
    yield Walk(world, "suggestions")
    world.close()
