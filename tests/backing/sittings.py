"""A standing committee that meets: members with mandates, a clerk, sittings as a test wants them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backing.balloting import find_review, write_district
from renda.matter import Actor, Party
from renda.model import AppointmentRow, AttendanceRow, OrganRow
from renda.rulebook import Rulebooks
from renda.services import meetings
from renda.testing.factories import World

DAY = date(2020, 3, 2)


@dataclass
class Council:
    """Nine members, of whom three are chairpersons, two deputies beside them, and the office."""

    world: World
    members: list[Party] = field(default_factory=list)
    deputies: list[Party] = field(default_factory=list)

    @property
    def clerk(self) -> Actor:
        """The office."""
        return self.world.actor("clerk")

    def person(self, member: int) -> int:
        """A member's number, from 0."""
        return self.members[member].id

    def actor(self, member: int) -> Actor:
        """A member who has signed in to the district."""
        return self.world.actor("member", person=self.members[member])

    def convene(self, body: str = "committee", **more: Any) -> int:
        """A sitting of today."""
        given = {"day": self.world.day, "number": 26, **more}
        with self.world.writing() as desk:
            return meetings.convene(desk, self.clerk, body, **given)

    def do(self, deed: Any, *arguments: Any, **options: Any) -> Any:
        """``deed(desk, …)`` in a transaction of its own."""
        with self.world.writing() as desk:
            return deed(desk, *arguments, **options)

    def sign_in(self, number: int, *members: int) -> None:
        """The clerk signs members in."""
        for member in members:
            self.do(meetings.sign_in, self.clerk, number, self.person(member))

    def sitting(self, *members: int, **more: Any) -> int:
        """A sitting that is open with these members there."""
        number = self.convene(**more)
        self.sign_in(number, *members)
        self.do(meetings.open_sitting, self.clerk, number)
        return number

    def pass_minutes(self, minutes: int) -> None:
        """Set the clock forward."""
        self.world.now += timedelta(minutes=minutes)

    def row(self, number: int) -> Any:
        """The sitting as it is kept."""
        with self.world.reading() as desk:
            return meetings.find(desk, number)

    def line(self, number: int, member: int) -> AttendanceRow:
        """A member's line on the roster."""
        with self.world.reading() as desk:
            return next(each for each in meetings.lines(desk, number) if each.person_id == self.person(member))

    def presence(self, number: int) -> meetings.Presence:
        """How many are there."""
        with self.world.reading() as desk:
            return meetings.presence(desk, number)


def make_council(url: str, root: Path, more: str = "") -> Council:
    """The town at ``url``; ``more`` is added to its ``district.toml``."""
    folder = write_district(root / "districts")
    file = folder / "jia" / "district.toml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    council = Council(World(url, folder, "jia", day=DAY, books=Rulebooks(folder, find_review)))
    council.members = [council.world.deputy(f"委员甲{place}", committee_member=True) for place in range(1, 10)]
    council.deputies = [council.world.deputy(f"代表乙{place}") for place in (1, 2)]
    with council.world.writing() as desk:
        standing = OrganRow(code="npcsc", name="常委会", sort="congress")
        bureau = OrganRow(code="b", name="教育局", sort="department")
        desk.session.add_all([standing, bureau])
        desk.session.flush()
        for member, post in ((0, "主任"), (1, "副主任"), (2, "副主任"), (3, "工委主任")):
            desk.session.add(
                AppointmentRow(person_id=council.person(member), organ_id=standing.id, post=post, since=DAY)
            )
        desk.session.add(AppointmentRow(person_id=council.person(4), organ_id=bureau.id, post="主任", since=DAY))
    return council
