"""Every operation that changes a district, in the scene in which it is possible, for those who do it at once."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from backing import spreadsheets
from backing.asking import LAST, make_town
from backing.balloting import Hall, make_hall
from backing.sittings import make_council
from backing.world import make_towns, reading_children
from renda.matter import SYSTEM
from renda.model import AccountRow, NoticeRow, OrganRow, PersonRow
from renda.services import (
    accounts,
    ballots,
    calendar_changes,
    districts,
    host_values,
    matters,
    meetings,
    notices,
    password_change,
    people,
    projects,
    repinning,
    rescoring,
    roster_entries,
    security_log,
    signing_in,
    tables,
    tokens,
    viewing,
)
from renda.services.ballots import FolderKeys
from renda.services.desk import Desk
from renda.services.imports import import_folder
from renda.services.meetings import publication
from renda.services.questionnaires import answering, counting, opening
from renda.services.reminders import keep_contact, remind
from renda.services.sessions import Lifetime
from renda.services.throttle import Throttle
from renda.testing.factories import World, fresh_sqlite

KEPT = accounts.NO_PASSWORD
PASSWORD = "Ceshi-2020"


@dataclass
class Scene:
    """A world and what an operation needs of it; ``keys`` is the folder of this copy's keys."""

    world: World
    keys: FolderKeys
    given: Mapping[str, Any]

    def copied(self, world: World, folder: Path) -> "Scene":
        """The same around a copy of the world, with a folder of keys of its own."""
        if self.keys.folder.exists():
            shutil.copytree(self.keys.folder, folder)
        return Scene(world, FolderKeys(folder), self.given)

    def __getattr__(self, name: str) -> Any:
        return self.given[name]

    def do(self, deed: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """``deed(desk, …)`` in a transaction of its own."""
        with self.world.writing() as desk:
            return deed(desk, *arguments, **options)


Deed = Callable[[Scene, int], Any]


@dataclass(frozen=True)
class Operation:
    """One operation: ``covers`` the function of the services, ``race`` what the racer of that place does."""

    covers: str
    scene: str
    race: Deed
    name: str
    is_possible: bool = True
    """Whether one of the racers at least is to succeed here; otherwise it stands beside others of the scene."""
    differs: bool = False
    """Whether the racers ask for different things, so that what is left depends on who came first."""

    def __str__(self) -> str:
        return f"{self.scene}-{self.name}"


SCENES: dict[str, Callable[[Path], Scene]] = {}
OPERATIONS: list[Operation] = []


def scene(make: Callable[[Path], Scene]) -> Callable[[Path], Scene]:
    """Register a scene by the name of its function; it is made once."""
    SCENES[make.__name__] = cache(make)
    return make


def race(covers: str, *scenes: str, name: str = "", refused: str = "", differs: bool = False) -> Callable[[Deed], Deed]:
    """Register what a racer does as an operation in these scenes; ``refused``: the scene in which it is not possible."""

    def registered(deed: Deed) -> Deed:
        short = name or covers.rpartition(".")[2]
        OPERATIONS.extend(Operation(covers, each, deed, short, each != refused, differs) for each in scenes)
        return deed

    return registered


# Ballots


def _hall(folder: Path, lead: Callable[[Hall], Mapping[str, Any]]) -> Scene:
    hall = make_hall(fresh_sqlite(folder), folder)
    with hall.world.writing() as desk:
        for place in (1, 2, 3):
            desk.session.add(AccountRow(login=f"clerk{place}", name=f"丙{place}", password=KEPT, roles=["clerk"]))
    given = {"clerk": hall.clerk, "chair": hall.chair, "other": hall.other_clerk, "members": hall.members}
    return Scene(hall.world, hall.keys, {**given, **lead(hall)})


@scene
def prepared(folder: Path) -> Scene:
    """A ballot that is prepared, and a sitting that is open with all members there."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        with hall.world.writing() as desk:
            sitting = meetings.convene(desk, hall.clerk, "congress", day=hall.world.day)
        return {"ballot": hall.prepare(), "sitting": sitting}

    return _hall(folder, lead)


@scene
def opened(folder: Path) -> Scene:
    """A ballot that is open; one of the members has cast."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        number = hall.ready()
        hall.mark(number, 0, "yes")
        with hall.world.reading() as desk:
            envelopes = [ballots.seal(desk, number, {"marks": {"1": ["yes"]}}) for _ in range(9)]
        return {"ballot": number, "envelopes": envelopes}

    return _hall(folder, lead)


@scene
def last_press(folder: Path) -> Scene:
    """An open ballot in which the last press counts."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        number = hall.ready(press="last")
        with hall.world.reading() as desk:
            envelopes = [ballots.seal(desk, number, {"marks": {"1": ["yes"]}}) for _ in range(9)]
        return {"ballot": number, "envelopes": envelopes}

    return _hall(folder, lead)


@scene
def stopped(folder: Path) -> Scene:
    """A ballot that was stopped: one paper was given out, one member has pressed."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        number = hall.ready()
        hall.mark(number, 0, "yes")
        with hall.world.writing() as desk:
            ballots.hand_paper(desk, hall.clerk, number, hall.people(2)[1])
        hall.stop(number)
        return {"ballot": number}

    return _hall(folder, lead)


@scene
def counted(folder: Path) -> Scene:
    """The same, with the paper counted by two people who agree."""
    here = stopped(folder)
    for who in (here.clerk, here.other):
        here.do(ballots.enter_count, who, here.ballot, {"1": {"yes": 1}, "void": 0, "blank": 0})
    return here


@scene
def listed(folder: Path) -> Scene:
    """A prepared ballot on the list of a sitting that is open."""
    council = make_council(fresh_sqlite(folder), folder)
    number = council.sitting(*range(9))
    question = ballots.Question("表决甲", "motion", {}, [ballots.Subject("议题")], 9, meeting=number)
    ballot = council.do(ballots.prepare, council.clerk, question)
    given = {"clerk": council.clerk, "sitting": number, "ballot": ballot}
    given |= {"people": [council.person(place) for place in range(9)]}
    return Scene(council.world, FolderKeys(folder / "keys"), given)


@scene
def closed(folder: Path) -> Scene:
    """A ballot that was counted, with a tie: another round has to follow."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        number = hall.ready()
        for member in range(9):
            hall.mark(number, member, "yes" if member < 8 else "no")
        hall.close(number)
        return {"ballot": number}

    return _hall(folder, lead)


@scene
def voided(folder: Path) -> Scene:
    """A ballot that was void, and is put again."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        rule = {"seats": 1, "threshold": "more_than_half"}
        number = hall.ready("selection", ("甲", "乙"), rule)
        for member in range(8):
            hall.cast(number, member, {"chosen": ["1" if member % 2 else "2"]})
        hall.close(number)
        return {"ballot": number}

    return _hall(folder, lead)


@scene
def announced(folder: Path) -> Scene:
    """A ballot whose result was published."""

    def lead(hall: Hall) -> Mapping[str, Any]:
        number = hall.ready()
        for member in range(9):
            hall.mark(number, member, "yes")
        hall.close(number)
        with hall.world.writing() as desk:
            ballots.publish(desk, hall.clerk, number)
        return {"ballot": number}

    return _hall(folder, lead)


@race("ballots.benches.preparing.prepare", "prepared")
def _(here: Scene, place: int) -> Any:
    question = ballots.Question("表决乙", "motion", {}, [ballots.Subject("议题")], 9)
    here.do(ballots.prepare, here.clerk, question)


@race("ballots.opening.make_shares", "prepared")
def _(here: Scene, place: int) -> Any:
    return len(here.do(ballots.make_shares, here.clerk, here.ballot, needed=2, total=3))


@race("ballots.opening.open_ballot", "prepared")
def _(here: Scene, place: int) -> Any:
    present = [each.person.id for each in here.members]
    return here.do(ballots.open_ballot, here.clerk, here.ballot, keys=here.keys, present=present)


@race("ballots.sittings.open_in_sitting", "prepared", "listed", refused="prepared")
def _(here: Scene, place: int) -> Any:
    return here.do(ballots.open_in_sitting, here.clerk, here.ballot, keys=here.keys)


@race("ballots.sittings.list_in", "prepared")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.list_in, here.clerk, here.ballot, here.sitting)


@race("ballots.opening.stop", "opened")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.stop, here.clerk, here.ballot)


@race("ballots.by_hand.hand_paper", "opened")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.hand_paper, here.clerk, here.ballot, here.members[1].person.id)


@race("ballots.by_hand.hand_papers", "opened", "last_press", refused="opened")
def _(here: Scene, place: int) -> Any:
    return here.do(ballots.hand_papers, here.clerk, here.ballot)


@race("ballots.casting.vote", "opened", "last_press")
def _(here: Scene, place: int) -> Any:
    """The same elector, each time with another paper."""
    envelope = here.envelopes[place]
    return ballots.vote(here.world.installation, "jia", here.members[1], here.ballot, envelope).value


@race("ballots.casting.vote", "opened", name="vote_again")
def _(here: Scene, place: int) -> Any:
    """The same elector with the same form."""
    envelope = here.envelopes[0]
    given = (here.world.installation, "jia", here.members[2], here.ballot, envelope)
    return ballots.vote(*given, submission="once").value


@race("ballots.casting.vote", "opened", name="vote_of_several")
def _(here: Scene, place: int) -> Any:
    return ballots.vote(
        here.world.installation, "jia", here.members[3 + place], here.ballot, here.envelopes[place]
    ).value


@race("ballots.closing.close", "opened", "last_press", "stopped", "counted", refused="stopped")
def _(here: Scene, place: int) -> Any:
    return here.do(ballots.close, here.clerk, here.ballot, keys=here.keys).stands


@race("ballots.by_hand.enter_count", "stopped", "counted")
def _(here: Scene, place: int) -> Any:
    """Two count, each for themselves, and each enters it more than once."""
    who = here.clerk if place % 2 else here.other
    here.do(ballots.enter_count, who, here.ballot, {"1": {"yes": 1}, "void": 0, "blank": 0})


@race("ballots.publishing.publish", "closed")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.publish, here.clerk, here.ballot)


@race("ballots.publishing.withhold", "closed")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.withhold, here.chair, here.ballot, "事关个人")


@race("ballots.rounds.next_round", "voided")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.next_round, here.clerk, here.ballot)


@race("ballots.announcing.announce", "announced")
def _(here: Scene, place: int) -> Any:
    here.do(ballots.announce, here.clerk, here.ballot, public=True)


# Sittings


@scene
def convened(folder: Path) -> Scene:
    """A sitting that was convened: six members are there, one has a seat, one a slip."""
    council = make_council(fresh_sqlite(folder), folder)
    number = council.convene()
    council.sign_in(number, *range(6))
    council.do(meetings.give_seats, council.clerk, number, {council.person(7): "A1"})
    slip = council.do(meetings.give_slip, council.clerk, number, council.person(8))
    with council.world.reading() as desk:
        code = meetings.hall_code(desk, number)
        key = meetings.seat_key(desk, council.clerk, number, "A1")
    given = {"clerk": council.clerk, "sitting": number, "people": [council.person(place) for place in range(9)]}
    given |= {"slip": slip, "code": code, "key": key, "member": council.actor(6)}
    given |= {"guest": council.deputies[0].id}
    return Scene(council.world, FolderKeys(folder / "keys"), given)


@scene
def sitting(folder: Path) -> Scene:
    """The same, open."""
    here = convened(folder)
    here.do(meetings.open_sitting, here.clerk, here.sitting)
    return here


@scene
def settled(folder: Path) -> Scene:
    """A sitting that is closed, with a ballot that was published."""
    here = listed(folder)
    here.do(ballots.open_in_sitting, here.clerk, here.ballot, keys=here.keys)
    here.do(ballots.close, here.clerk, here.ballot, keys=here.keys)
    here.do(ballots.publish, here.clerk, here.ballot)
    here.do(meetings.close, here.clerk, here.sitting)
    return here


BOTH = ("convened", "sitting")


@race("meetings.convening.convene", *BOTH)
def _(here: Scene, place: int) -> Any:
    """The same sitting by everybody."""
    here.do(meetings.convene, here.clerk, "committee", day=here.world.day, number=27)


@race("meetings.convening.convene", "convened", name="convene_several")
def _(here: Scene, place: int) -> Any:
    here.do(meetings.convene, here.clerk, "committee", day=here.world.day, number=30 + place)


@race("meetings.convening.set_agenda", *BOTH)
def _(here: Scene, place: int) -> Any:
    here.do(meetings.set_agenda, here.clerk, here.sitting, [meetings.Item("议题")])


@race("meetings.convening.open_sitting", *BOTH, refused="sitting")
def _(here: Scene, place: int) -> Any:
    here.do(meetings.open_sitting, here.clerk, here.sitting)


@race("meetings.convening.adjourn", "sitting", "listed")
def _(here: Scene, place: int) -> Any:
    here.do(meetings.adjourn, here.clerk, here.sitting)


@race("meetings.convening.close", "sitting", "listed")
def _(here: Scene, place: int) -> Any:
    here.do(meetings.close, here.clerk, here.sitting)


@race("meetings.publication.publish", "settled")
def _(here: Scene, place: int) -> Any:
    here.do(publication.publish, here.clerk, here.sitting)


@race("meetings.attendance.sign_in", *BOTH)
def _(here: Scene, place: int) -> Any:
    return here.do(meetings.sign_in, here.clerk, here.sitting, here.people[6])


@race("meetings.attendance.sign_in_together", *BOTH)
def _(here: Scene, place: int) -> Any:
    return here.do(meetings.sign_in_together, here.clerk, here.sitting, here.people[5:8])


@race("meetings.attendance.sign_in_by_code", *BOTH)
def _(here: Scene, place: int) -> Any:
    return here.do(meetings.sign_in_by_code, here.member, here.sitting, here.code)


@race("meetings.attendance.sign_in_at_seat", *BOTH)
def _(here: Scene, place: int) -> Any:
    return here.do(meetings.sign_in_at_seat, here.sitting, "A1", here.key)


@race("meetings.attendance.sign_in_by_slip", *BOTH)
def _(here: Scene, place: int) -> Any:
    return here.do(meetings.sign_in_by_slip, here.slip)


@race("meetings.attendance.take_leave", *BOTH)
def _(here: Scene, place: int) -> Any:
    here.do(meetings.take_leave, here.clerk, here.sitting, here.people[6], "公差")


@race("meetings.attendance.stay_absent", *BOTH)
def _(here: Scene, place: int) -> Any:
    here.do(meetings.stay_absent, here.clerk, here.sitting, here.people[6])


@race("meetings.attendance.depart", *BOTH, "listed")
def _(here: Scene, place: int) -> Any:
    here.do(meetings.depart, here.clerk, here.sitting, here.people[0])


@race("meetings.roster.sit_in", *BOTH)
def _(here: Scene, place: int) -> Any:
    here.do(meetings.sit_in, here.clerk, here.sitting, here.guest)


@race("meetings.roster.give_seats", *BOTH)
def _(here: Scene, place: int) -> Any:
    """One seat for several people."""
    here.do(meetings.give_seats, here.clerk, here.sitting, {here.people[place]: "B2"})


@race("meetings.codes.give_slip", *BOTH)
def _(here: Scene, place: int) -> Any:
    here.do(meetings.give_slip, here.clerk, here.sitting, here.people[6])


# Questionnaires


@scene
def asked(folder: Path) -> Scene:
    """A questionnaire that was not opened yet."""
    town = make_town(fresh_sqlite(folder), folder)
    return Scene(town.world, town.keys, {"clerk": town.clerk, "asked": town.ask(opened=False)})


@scene
def answered(folder: Path) -> Scene:
    """An open one by code, answered by nobody yet."""
    town = make_town(fresh_sqlite(folder), folder)
    number = town.ask(admission="codes")
    with town.world.writing() as desk:
        codes = opening.give_codes(desk, town.clerk, number, 6)
    return Scene(town.world, town.keys, {"clerk": town.clerk, "asked": number, "codes": codes})


@scene
def over(folder: Path) -> Scene:
    """One that is over and waits to be counted."""
    town = make_town(fresh_sqlite(folder), folder)
    number = town.ask()
    for place in range(4):
        town.answer(number, str(place), whole="满意")
    town.world.go_to(LAST + timedelta(days=1))
    return Scene(town.world, town.keys, {"clerk": town.clerk, "asked": number})


@race("questionnaires.opening.open_questionnaire", "asked")
def _(here: Scene, place: int) -> Any:
    here.do(opening.open_questionnaire, here.clerk, here.asked, keys=here.keys)


@race("questionnaires.counting.enter_counts", "asked")
def _(here: Scene, place: int) -> Any:
    here.do(counting.enter_counts, here.clerk, here.asked, answered=9, counts={"whole": {"满意": 9}})


@race("questionnaires.opening.give_codes", "answered")
def _(here: Scene, place: int) -> Any:
    return len(here.do(opening.give_codes, here.clerk, here.asked, 3))


@race("questionnaires.opening.end_early", "answered")
def _(here: Scene, place: int) -> Any:
    here.do(opening.end_early, here.clerk, here.asked)


@race("questionnaires.answering.answer", "answered", name="answer_with_one_code")
def _(here: Scene, place: int) -> Any:
    given = {"whole": "满意"}
    return here.do(answering.answer, here.asked, given, token=f"{place:0>16}", code=here.codes[0])


@race("questionnaires.answering.answer", "answered", name="answer_sent_twice")
def _(here: Scene, place: int) -> Any:
    given = {"whole": "满意"}
    return here.do(answering.answer, here.asked, given, token=f"{0:0>16}", code=here.codes[1])


@race("questionnaires.counting.count", "over")
def _(here: Scene, place: int) -> Any:
    here.do(counting.count, here.clerk, here.asked, keys=here.keys)


# The roster, accounts, tokens, documents, and what the host runs


class Pigeon:
    """A channel that keeps nothing."""

    code, title, personal = "mail", "信鸽", True

    def send(self, message: Any) -> None:
        """Nothing is sent."""


@scene
def town(folder: Path) -> Scene:
    """甲区 with a suggestion that was closed, one that waits, a document, an account and a token."""
    towns = make_towns(fresh_sqlite(folder), folder)
    jia = towns.jia
    number = jia.propose()
    jia.assign(number)
    jia.close(number)
    waiting = jia.propose("修路")
    jia.assign(waiting)
    with jia.world.writing() as desk:
        keep_contact(desk, "bureau", "mail", "zj@example.gov.cn")
        person = people.keep_person(desk, "r8", "人员丙")
        people.appoint(
            desk, person, desk.session.get_one(OrganRow, jia.parties["bureau"].id), "副局长", date(2020, 1, 1)
        )
        _, token = tokens.issue(desk, accounts.find(desk, "clerk"), "接口", ["read"])
        notice = NoticeRow(
            matter_id=waiting, event_number=1, genre="通知", issuer="办公室", title="通知", paragraphs=["一"],
            attachments=[], recipients=["住建局"], copies=[], code="甲", year=2020, serial=1, issued_on=jia.world.day,
            public=True,
        )  # fmt: skip
        desk.session.add(notice)
        desk.session.flush()
        given = {"clerk": jia.actors["clerk"], "closed": number, "waiting": waiting, "token": token.id}
        given |= {"notice": notice.id, "deputy": jia.parties["deputy"].id, "organ": jia.parties["bureau"].id}
    table = folder / "people.csv"
    table.write_text("代码,姓名\nr1,人员甲\nr2,人员乙\n", "utf-8")
    with jia.world.reading() as desk:
        given |= {"share": reading_children(desk, waiting)[0].id, "bureau": jia.actors["bureau"]}
    # 丙区's file is broken on purpose; 丁区 is new.
    shutil.rmtree(folder / "districts" / "bing")
    shutil.copytree(folder / "districts" / "yi", folder / "districts" / "ding")
    sheets = spreadsheets.write(folder / "data")
    jia.world.go_to(date(2020, 3, 23))
    return Scene(jia.world, FolderKeys(folder / "keys"), {**given, "table": table, "folder": sheets})


def _person(desk: Desk, here: Scene) -> PersonRow:
    return desk.session.get_one(PersonRow, here.deputy)


def _organ(desk: Desk, here: Scene) -> OrganRow:
    return desk.session.get_one(OrganRow, here.organ)


@race("matters.act", "town")
def _(here: Scene, place: int) -> Any:
    here.do(matters.act, here.bureau, "finish", matter=here.share)


@race("people.keep_organ", "town")
def _(here: Scene, place: int) -> Any:
    here.do(people.keep_organ, "new", "新机构")


@race("people.keep_person", "town")
def _(here: Scene, place: int) -> Any:
    here.do(people.keep_person, "new", "新人员")


@race("people.put_in_order", "town")
def _(here: Scene, place: int) -> Any:
    here.do(people.put_in_order)


@race("people.appoint", "town", differs=True)
def _(here: Scene, place: int) -> Any:
    """Beginning on another day each: all after the first overlap."""
    with here.world.writing() as desk:
        people.appoint(desk, _person(desk, here), _organ(desk, here), "局长", date(2020, 1, 1 + place))


@race("people.appoint", "town", name="appoint_once")
def _(here: Scene, place: int) -> Any:
    with here.world.writing() as desk:
        people.appoint(desk, _person(desk, here), _organ(desk, here), "局长", date(2020, 1, 1))


@race("people.leave", "town")
def _(here: Scene, place: int) -> Any:
    with here.world.writing() as desk:
        people.leave(desk, people.person(desk, "r8"), _organ(desk, here), "副局长", date(2020, 3, 1))


@race("people.give_mandate", "town", differs=True)
def _(here: Scene, place: int) -> Any:
    with here.world.writing() as desk:
        people.give_mandate(desk, people.person(desk, "r8"), date(2020, 3, 1 + place))


@race("projects.keep", "town")
def _(here: Scene, place: int) -> Any:
    here.do(projects.keep, "p1", "项目一", 2020)


@race("accounts.add", "town")
def _(here: Scene, place: int) -> Any:
    here.do(accounts.add, "newcomer", "新人", ["clerk"])


@race("accounts.add_host", "town")
def _(here: Scene, place: int) -> Any:
    accounts.add_host(here.world.installation, "host", "主机", "Zhuji-2020-renda")


@race("accounts.set_password", "town")
def _(here: Scene, place: int) -> Any:
    here.do(accounts.set_password, "auditor", KEPT)


@race("accounts.disable", "town")
def _(here: Scene, place: int) -> Any:
    here.do(accounts.disable, "second")


@race("signing_in.sign_in", "town")
def _(here: Scene, place: int) -> Any:
    """Each with a throttle of its own, so that nobody has to wait."""
    realm, attempt = signing_in.Realm(here.world.installation, "jia"), signing_in.Attempt("clerk", PASSWORD)
    signing_in.sign_in(realm, attempt, Throttle(), Lifetime())


@race("password_change.change_password", "town")
def _(here: Scene, place: int) -> Any:
    """Each from the same old password to another one."""
    realm = signing_in.Realm(here.world.installation, "jia")
    given = password_change.NewPassword(PASSWORD, f"Renda-xin-{place}-mima", f"Renda-xin-{place}-mima")
    password_change.change_password(realm, "clerk", given, Throttle(), known=("jia",), token="", address="")


@race("tokens.issue", "town")
def _(here: Scene, place: int) -> Any:
    with here.world.writing() as desk:
        tokens.issue(desk, accounts.find(desk, "clerk"), "接口", ["read"])


@race("tokens.revoke", "town")
def _(here: Scene, place: int) -> Any:
    here.do(tokens.revoke, here.token)


@race("reminders.contacts.keep_contact", "town")
def _(here: Scene, place: int) -> Any:
    here.do(keep_contact, "clerk", "mail", "a@example.gov.cn")


@race("reminders.contacts.keep_contact", "town", name="take_contact_away")
def _(here: Scene, place: int) -> Any:
    here.do(keep_contact, "bureau", "mail", "")


@race("reminders.sending.remind", "town")
def _(here: Scene, place: int) -> Any:
    return len(remind(here.world.installation, "jia", {"mail": Pigeon()}))


@race("notices.send", "town")
def _(here: Scene, place: int) -> Any:
    here.do(notices.send, here.clerk, here.notice, ["住建局"], "hand")


@race("notices.send", "town", name="send_twice")
def _(here: Scene, place: int) -> Any:
    here.do(notices.send, here.clerk, here.notice, ["财政局"], "hand", submission="once")


@race("viewing.record", "town")
def _(here: Scene, place: int) -> Any:
    here.do(viewing.record, here.clerk, here.waiting)


@race("repinning.repin", "town")
def _(here: Scene, place: int) -> Any:
    return len(here.do(repinning.repin, here.clerk, "suggestions", "决定", date(2020, 3, 1)))


@race("rescoring.rescore", "town")
def _(here: Scene, place: int) -> Any:
    return len(here.do(rescoring.rescore, SYSTEM))


@race("security_log.append", "town")
def _(here: Scene, place: int) -> Any:
    with here.world.writing() as desk:
        security_log.append(desk.session, desk.now, "other", actor="甲")


@race("imports.import_folder", "town")
def _(here: Scene, place: int) -> Any:
    return here.do(import_folder, here.folder).repeated


@race("tables.bringing.bring", "town")
def _(here: Scene, place: int) -> Any:
    last: Any
    *_, last = tables.bring(here.world.installation, "jia", here.clerk, "people", here.table)
    return (last.added, last.changed, last.same)


@race("calendar_changes.move_deadlines", "town")
def _(here: Scene, place: int) -> Any:
    return len(here.do(calendar_changes.move_deadlines, "jia", SYSTEM, "放假通知"))


@race("calendar_changes.change_calendar", "town")
def _(here: Scene, place: int) -> Any:
    entries = [calendar_changes.CalendarEntry(date(2021, 6, 2), working=False, source="停工通告")]
    # No deadline falls on that day: ``move_deadlines`` is raced by itself, and may come between the two transactions.
    list(calendar_changes.change_calendar(here.world.installation, SYSTEM, entries, {}))
    return [(each.day, each.source) for each in calendar_changes.listed(here.world.installation, 2021)]


@race("roster_entries.enter_rules", "town")
def _(here: Scene, place: int) -> Any:
    here.do(roster_entries.enter_rules)


@race("host_values.check_secret", "town")
def _(here: Scene, place: int) -> Any:
    host_values.check_secret(here.world.store, "for-tests-only", file="secret")


@race("districts.sync", "town")
def _(here: Scene, place: int) -> Any:
    return len(districts.sync(here.world.installation).new)


def of(scene_name: str) -> list[Operation]:
    """The operations of a scene."""
    return [each for each in OPERATIONS if each.scene == scene_name]
