"""A town whose practice asks its citizens: one matter, one questionnaire, keys in a folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from renda import Change, Matter, Practice, Question, Questionnaire, Schema, Turn, action, fields
from renda.errors import RendaError
from renda.matter import Actor
from renda.model import QuestionnaireRow
from renda.rulebook import Rulebooks
from renda.services.ballots import FolderKeys
from renda.services.questionnaires import answering, counting, finding, opening
from renda.testing.factories import World

SCALE: dict[str, int | Decimal] = {"满意": 100, "一般": Decimal("60.5"), "不满意": 0}
QUESTIONS = (
    Question("whole", "总体满意吗", scale=SCALE),
    Question("street", "您住在哪个街镇", "choice", options=("甲镇", "乙镇", "丙镇"), required=False, splits=True),
    Question("wish", "您希望做什么", "idea", options=("为老", "交通"), required=False),
)
DAY, LAST = date(2020, 3, 2), date(2020, 3, 31)


class Survey(Schema):
    """What a questionnaire is like."""

    title = fields.Str(required=True, label="标题")
    until = fields.Date(required=True, label="截止")
    admission = fields.Str(load_default="open", label="作答方式")
    fewest = fields.Int(load_default=3, label="最少份数")
    public = fields.Bool(load_default=True, label="公开")


class Wish(Schema):
    """What somebody wishes for."""

    question = fields.Str(label="题号")
    option = fields.Str(label="类别")
    text = fields.Str(label="内容")
    pieces = fields.Int(label="件数")


class Heard(Schema):
    """What the citizens said."""

    questionnaire = fields.Int(label="问卷")
    answered = fields.Int(label="份数")
    figures = fields.Dict(label="统计")
    ideas = fields.List(fields.Nested(Wish), label="意见")


class Asking(Practice):
    """Asks, and hears what was answered."""

    plugin = "asking"
    title = "听取意见"
    states = MappingProxyType({"asking": "征求意见", "heard": "已听取"})
    ends = ("heard",)
    questions = QUESTIONS

    @action("征求意见", by="clerk", when=None, then="asking", data=Survey)
    def ask(self, matter: Matter, survey: Mapping[str, Any], turn: Turn) -> Change:
        said = {name: survey[name] for name in ("until", "admission", "fewest", "public")}
        return Change(questionnaires=[Questionnaire(survey["title"], self.questions, closing="hear", **said)])

    @action("听取", by="system", when="asking", then="heard", data=Heard)
    def hear(self, matter: Matter) -> None: ...


DISTRICT = 'name = "甲区"\nterm = "第一届"\n'
FILE = 'plugin = "asking"\n[[version]]\neffective = 2018-01-01\nsource = "征求意见办法"\n'


@dataclass
class Town:
    """The world, its clerk, a folder for keys."""

    world: World
    keys: FolderKeys

    @property
    def clerk(self) -> Actor:
        """The office."""
        return self.world.actor("clerk")

    def ask(self, title: str = "意见征求", until: date = LAST, *, opened: bool = True, **more: Any) -> int:
        """A questionnaire's number, opened."""
        self.world.act(self.clerk, "ask", {"title": title, "until": until, **more}, practice="asking")
        with self.world.writing() as desk:
            number = finding.listed(desk, self.clerk)[0].id
            if opened:
                opening.open_questionnaire(desk, self.clerk, number, keys=self.keys)
        return number

    def answer(self, number: int, token: str, code: str = "", **given: Any) -> bool:
        """One answer; the token is made long enough."""
        with self.world.writing() as desk:
            return answering.answer(desk, number, given, token=f"{token:0>16}", code=code)

    def count(self, number: int) -> QuestionnaireRow:
        """Count it."""
        with self.world.writing() as desk:
            return counting.count(desk, self.clerk, number, keys=self.keys)

    def row(self, number: int) -> QuestionnaireRow:
        """The row as it is now."""
        with self.world.reading() as desk:
            return finding.find(desk, number)


def make_town(url: str, folder: Path, practice: type[Practice] = Asking) -> Town:
    """甲区 and 乙区 in the database at ``url``."""
    for slug in ("jia", "yi"):
        place = folder / "districts" / slug
        place.mkdir(parents=True)
        (place / "district.toml").write_text(DISTRICT.replace("甲", "甲" if slug == "jia" else "乙"), "utf-8")
        (place / "asking.toml").write_text(FILE, "utf-8")
    books = Rulebooks(folder / "districts", lambda plugin, file: practice)
    return Town(World(url, folder / "districts", "jia", day=DAY, books=books), FolderKeys(folder / "keys"))


def refusal(deed: Callable[[], object]) -> RendaError:
    """What a deed is refused with."""
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value
