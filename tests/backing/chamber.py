"""A sitting of the standing committee with accounts for everybody, and the application that serves its ballots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from backing.balloting import find_review, write_district
from backing.world import Towns, Visitor, password_hash
from renda.matter import Actor, Party
from renda.model import PersonRow
from renda.rulebook import Rulebooks
from renda.services import accounts, ballots, meetings
from renda.services.ballots import FolderKeys, Question, Subject
from renda.testing.factories import World
from renda.web.app import create_app

DAY = date(2026, 3, 2)
CLERK = Actor(901, "工作人员丙", frozenset({"clerk"}))
MEASURED = {
    "scale": [
        {"code": "满意", "satisfied": True},
        {"code": "基本满意", "satisfied": True},
        {"code": "不满意"},
    ],
    "base": "all_members",
    "grades": [{"when": "2*满意 > N", "grade": "满意"}, {"when": "otherwise", "grade": "不满意"}],
}


@dataclass
class Chamber:
    """甲区's standing committee in a sitting that is open, its members signed in."""

    world: World
    towns: Towns
    keys: FolderKeys
    meeting: int = 0
    members: list[Party] = field(default_factory=list)

    def as_(self, login: str) -> Visitor:
        """Somebody who has signed in: clerk, second, chair, auditor, m1, m2 …"""
        return self.towns.as_(login)

    def prepare(
        self, question: str = "关于批准决算的决议", bench: str = "motion", subjects: Any = (), **more: Any
    ) -> int:
        """A ballot of the sitting, prepared by the clerk; every figure may be published."""
        rule: Mapping[str, Any] = more.pop("rule", MEASURED if bench == "measurement" else {})
        asked = Question(
            question, bench, rule, [Subject(each) for each in subjects or [question]], len(self.members),
            **{"k": 1, "action": "coarsen", "meeting": self.meeting, "electorate": "member", **more},
        )  # fmt: skip
        with self.world.writing() as desk:
            return ballots.prepare(desk, CLERK, asked)

    def open(self, number: int) -> None:
        """Open a ballot to those in the hall."""
        with self.world.writing() as desk:
            ballots.open_in_sitting(desk, CLERK, number, keys=self.keys)

    def ready(self, *arguments: Any, **options: Any) -> int:
        """A ballot that is open."""
        number = self.prepare(*arguments, **options)
        self.open(number)
        return number

    def mark(self, number: int, member: int, *marks: str) -> None:
        """A member's paper with a mark for each line."""
        voter = Actor(None, "", frozenset({"member"}), self.members[member])
        with self.world.writing() as desk:
            sealed = ballots.seal(
                desk, number, {"marks": {str(at): [mark] for at, mark in enumerate(marks, 1) if mark}}
            )
            ballots.cast(desk, voter, number, sealed)

    def close(self, number: int) -> None:
        """Count."""
        with self.world.writing() as desk:
            ballots.close(desk, CLERK, number, keys=self.keys)

    def publish(self, number: int) -> None:
        """Release the result."""
        with self.world.writing() as desk:
            ballots.publish(desk, CLERK, number)

    def row(self, number: int) -> Any:
        """The ballot's row."""
        with self.world.reading() as desk:
            return ballots.find(desk, number)


def make_chamber(url: str, root: Path, members: int = 5, **options: Any) -> Chamber:
    """Members 委员甲一 and so on, all signed in; a clerk, a second clerk, a chair, an auditor."""
    folder = write_district(root / "districts")
    world = World(url, folder, "jia", day=DAY, books=Rulebooks(folder, find_review))
    keys = FolderKeys(root / "keys")
    given = {
        "secret_key": "for-tests-only",
        "secure_cookies": False,
        "plugins": (),
        "keys": keys,
        "server_sealing": True,
        **options,
    }
    app = create_app(world.installation, **given)
    chamber = Chamber(world, Towns(app, None, None), keys)  # type: ignore[arg-type]
    chamber.members = [world.deputy(f"委员甲{place}", committee_member=True) for place in range(1, members + 1)]
    kept = password_hash()
    with world.writing() as desk:
        office = {"clerk": ("clerk",), "second": ("clerk",), "chair": ("chair",), "auditor": ("auditor",)}
        names = {"clerk": "工作人员丙", "second": "工作人员丁", "chair": "主持人乙", "auditor": "审计戊"}
        for login, roles in office.items():
            accounts.add(desk, login, names[login], roles, kept_password=kept)
        for place, party in enumerate(chamber.members, 1):
            row = desk.session.get_one(PersonRow, party.id)
            accounts.add(desk, f"m{place}", party.name, ("member", "deputy"), kept_password=kept, person=row)
        chamber.meeting = meetings.convene(desk, CLERK, "committee", day=DAY, number=26)
    with world.writing() as desk:
        for party in chamber.members:
            meetings.sign_in(desk, CLERK, chamber.meeting, party.id)
        meetings.open_sitting(desk, CLERK, chamber.meeting)
    return chamber
