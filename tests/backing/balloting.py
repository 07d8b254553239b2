"""A town with members who vote: a practice that puts matters to the vote, and one ballot after another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from renda import Ballot, BallotSubject, Change, Practice, Schema, action, fields, hookimpl
from renda.errors import RendaError
from renda.matter import Actor, Matter, Party
from renda.model import PersonRow
from renda.rulebook import Rulebooks
from renda.services import ballots
from renda.services.ballots import Answer, Closed, FolderKeys, Question, Subject
from renda.testing.factories import World

SCALE = {
    "scale": [{"code": "满意", "satisfied": True}, {"code": "基本满意", "satisfied": True}, "不满意"],
    "base": "all_members",
    "grades": [{"when": "2*满意 > N", "grade": "满意"}, {"when": "otherwise", "grade": "不满意"}],
}
MOTION: Mapping[str, Any] = {}


class Outcome(Schema):
    """What a ballot leaves with the matter."""

    ballot = fields.Int(label="表决")
    outcome = fields.Str(label="结论")
    figures = fields.Dict(label="票数")


class Topic(Schema):
    """What is put to the vote."""

    title = fields.Str(required=True, label="题目")


class Sheet(Schema):
    """What a ballot to be prepared is like."""

    bench = fields.Str(required=True, label="方式")
    electorate = fields.Str(required=True, label="表决人")
    beside = fields.MatterNumber(label="一并表决")


class Review(Practice):
    """A matter is put to the vote and goes where the ballot leads it."""

    plugin = "review"
    title = "工作评议"
    states = MappingProxyType({"put": "待表决", "good": "通过", "bad": "未通过", "stray": "无路"})
    ends = ("good", "bad", "stray")

    class Params(Schema):
        """How papers are counted."""

        motion = fields.CountingRule("motion", label="表决规则", load_default=dict)

    @action("提请", by="clerk", when=None, then="put", data=Topic)
    def put(self, matter: Matter) -> None: ...

    @action("了结", by="system", when="put", then=("good", "bad"), data=Outcome)
    def settle(self, matter: Matter) -> None: ...

    @action("提请表决", by=("clerk", "department"), when="put", data=Sheet, aside=True)
    def submit(self, matter: Matter, sheet: Mapping[str, Any]) -> Change:
        asked = [matter.id, *([sheet["beside"]] if "beside" in sheet else [])]
        subjects = [BallotSubject(f"议题{place}", matter=number) for place, number in enumerate(asked, 1)]
        return Change(
            ballots=[Ballot("是否通过", sheet["bench"], self.params.motion, subjects, electorate=sheet["electorate"])]
        )

    @action("搁置", by="clerk", when="put", then="stray", aside=True)
    def shelve(self, matter: Matter) -> None: ...

    @hookimpl
    def ballot_closed(self, matter: Matter, ballot: Closed) -> str | None:
        assert ballot.line is not None
        if "无路" in matter.title:
            return "stray"
        if "不动" in matter.title or not ballot.stands:
            return None
        return "good" if ballot.line.outcome in {"carried", "满意", "chosen"} else "bad"


DISTRICT = 'name = "甲区"\nterm = "第一届"\n'
FILE = 'plugin = "review"\n[[version]]\neffective = 2018-01-01\nsource = "评议办法"\n'


def find_review(plugin: str, file: str) -> type[Practice]:
    """What ``Rulebooks`` asks for a plugin."""
    del plugin, file
    return Review


@dataclass
class Hall:
    """Members in their seats, a chair and a clerk, and a folder for keys."""

    world: World
    keys: FolderKeys
    members: list[Actor] = field(default_factory=list)

    @property
    def clerk(self) -> Actor:
        """The office."""
        return Actor(901, "工作人员丙", frozenset({"clerk"}))

    @property
    def chair(self) -> Actor:
        """Who decides what is not published."""
        return Actor(903, "主任会议", frozenset({"chair"}))

    @property
    def other_clerk(self) -> Actor:
        """Another of the office."""
        return Actor(902, "工作人员丁", frozenset({"clerk"}))

    def people(self, count: int | None = None) -> list[int]:
        """The numbers of the first members."""
        return [each.person.id for each in self.members[:count] if each.person is not None]

    def prepare(self, bench: str = "motion", subjects: Sequence[Any] = ("议题",), rule: Any = None, **more: Any) -> int:
        """A ballot about these subjects, all members being the base."""
        named = [each if isinstance(each, Subject) else Subject(each) for each in subjects]
        given = {"members": len(self.members), "k": 1, **more}
        asked = given.pop("question", "表决甲")
        question = Question(asked, bench, MOTION if rule is None else rule, named, **given)
        with self.world.writing() as desk:
            return ballots.prepare(desk, self.clerk, question)

    def open(self, number: int, present: int | None = None, shares: Sequence[str] = ()) -> int:
        """Open it to the first ``present`` members."""
        with self.world.writing() as desk:
            return ballots.open_ballot(
                desk, self.clerk, number, keys=self.keys, present=self.people(present), shares=shares
            )

    def ready(self, *arguments: Any, present: int | None = None, **options: Any) -> int:
        """A ballot that is open."""
        number = self.prepare(*arguments, **options)
        self.open(number, present)
        return number

    def sealed(self, number: int, paper: Mapping[str, Any]) -> bytes:
        """A paper in its envelope."""
        with self.world.reading() as desk:
            return ballots.seal(desk, number, paper)

    def cast(self, number: int, member: int, paper: Mapping[str, Any], submission: str = "") -> Answer:
        """Hand in a paper."""
        envelope = self.sealed(number, paper)
        return ballots.vote(
            self.world.installation, self.world.slug, self.members[member], number, envelope, submission=submission
        )

    def mark(self, number: int, member: int, *levels: str, submission: str = "") -> Answer:
        """Hand in a sheet with a level for each subject in order."""
        marks = {str(place): [level] for place, level in enumerate(levels, 1) if level}
        return self.cast(number, member, {"marks": marks}, submission)

    def stop(self, number: int) -> None:
        """Take no more votes."""
        with self.world.writing() as desk:
            ballots.stop(desk, self.clerk, number)

    def close(self, number: int, shares: Sequence[str] = (), **options: Any) -> Closed:
        """Count."""
        with self.world.writing() as desk:
            return ballots.close(desk, self.clerk, number, keys=self.keys, shares=shares, **options)

    def row(self, number: int) -> Any:
        """The ballot's row."""
        with self.world.reading() as desk:
            return ballots.find(desk, number)

    def put(self, title: str) -> int:
        """A matter waiting for a vote."""
        return self.world.act(self.clerk, "put", {"title": title}, practice="review").matter_id


def write_district(root: Path) -> Path:
    """A folder with the one district."""
    folder = root / "jia"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    (folder / "review.toml").write_text(FILE, "utf-8")
    return root


def make_hall(url: str, root: Path, members: int = 9) -> Hall:
    """The town at ``url`` with so many members, its keys in a folder of ``root``."""
    folder = write_district(root / "districts")
    hall = Hall(World(url, folder, "jia", books=Rulebooks(folder, find_review)), FolderKeys(root / "keys"))
    with hall.world.writing() as desk:
        rows = [PersonRow(code=f"m{place}", name=f"委员甲{place}") for place in range(1, members + 1)]
        desk.session.add_all(rows)
        desk.session.flush()
        for place, row in enumerate(rows, 1):
            party = Party("person", row.id, row.name)
            hall.members.append(Actor(place, row.name, frozenset({"member"}), party))
    return hall


def refusal(deed: Callable[[], object]) -> str:
    """The code and the sentence a deed is refused with."""
    with pytest.raises(RendaError) as caught:
        deed()
    return str(caught.value)
