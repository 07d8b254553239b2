"""Reminders: once for each matter and stage, to whom it waits for, by the district's channels."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from backing.mailbox import mail_server
from backing.world import Town, Towns
from renda.errors import RendaError
from renda.matter import SYSTEM
from renda.model import EventRow, ReminderRow
from renda.reminding import Message, ReminderRules, reminder_rules_from
from renda.services import chain, searching
from renda.services.reminders import Mail, MailSettings, Sent, contacts_of, keep_contact, remind


@dataclass
class Pigeon:
    """A channel that keeps what it was given, and may fail."""

    code: str = "mail"
    title: str = "信鸽"
    personal: bool = True
    fails: bool = False
    got: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.fails:
            raise ConnectionError("no wind")
        self.got.append(message)


def assigned(town: Town, title: str = "增设路灯", **entries: Any) -> int:
    """A suggestion that waits for the bureau until 2020-03-30: 20 working days after 2 March."""
    number = town.propose(title, **entries)
    town.assign(number)
    with town.world.writing() as desk:
        keep_contact(desk, "bureau", "mail", "zj@example.gov.cn")
    return number


def told(town: Town, pigeon: Pigeon, day: str, **options: Any) -> list[Sent]:
    town.world.go_to(date.fromisoformat(day))
    return remind(town.world.installation, "jia", {"mail": pigeon}, **options)


def test_each_stage_is_told_once_and_never_again(towns: Towns) -> None:
    town, pigeon = towns.jia, Pigeon()
    number = assigned(town)
    assert town.world.matter(number).state == "assigned"
    days = ("2020-03-10", "2020-03-23", "2020-03-24", "2020-03-29", "2020-03-30", "2020-03-31", "2020-04-20")
    assert [len(told(town, pigeon, day)) for day in days] == [0, 1, 0, 1, 0, 1, 0]
    assert [message.lines[-1] for message in pigeon.got] == [
        "增设路灯(代表建议),期限 2020-03-30,还有 7 天",
        "增设路灯(代表建议),期限 2020-03-30,还有 1 天",
        "增设路灯(代表建议),期限 2020-03-30,已逾期 1 天",
    ]
    first = pigeon.got[0]
    assert (first.district, first.to, first.address, first.title) == (
        "甲区",
        "住建局",
        "zj@example.gov.cn",
        "甲区:1 件待办将到期或已逾期",
    )
    with town.world.reading() as desk:
        assert desk.session.scalar(select(func.count()).select_from(ReminderRow)) == 3
        assert chain.first_broken(desk) is None
        event = desk.session.scalars(select(EventRow).order_by(EventRow.number.desc())).first()
        assert event is not None
        assert (event.label, event.entries) == ("发出提醒", {"matters": 1, "messages": 1})


def test_a_missed_day_is_made_up_for_with_the_latest_stage_alone(local_towns: Towns) -> None:
    town, pigeon = local_towns.jia, Pigeon()
    assigned(town)
    assert len(told(town, pigeon, "2020-04-06")) == 1
    assert pigeon.got[0].lines[-1].endswith("已逾期 7 天")
    assert told(town, pigeon, "2020-04-07") == []


def test_several_matters_are_one_message_with_the_oldest_first(local_towns: Towns) -> None:
    town, pigeon = local_towns.jia, Pigeon()
    first = assigned(town, "修桥")
    town.world.go_to(date(2020, 3, 3))
    assigned(town)
    (sent,) = told(town, pigeon, "2020-04-01", page="https://renda.example/jia/matters/{number}")
    assert sent.matters[0] == f"修桥(代表建议),期限 2020-03-30,已逾期 2 天  https://renda.example/jia/matters/{first}"
    assert pigeon.got[0].lines[:2] == ["住建局,您好:", "待办 2 件,其中逾期 2 件。"]
    assert pigeon.got[0].summary == ["待办 2 件,其中逾期 2 件。", "最早的期限:2020-03-30"]


def test_a_trial_neither_sends_nor_enters(towns: Towns) -> None:
    town, pigeon = towns.jia, Pigeon()
    assigned(town)
    assert len(told(town, pigeon, "2020-03-30", trial=True)) == 1
    assert pigeon.got == []
    assert len(told(town, pigeon, "2020-03-30")) == 1


def test_what_did_not_go_out_is_tried_again(towns: Towns) -> None:
    town = towns.jia
    assigned(town)
    (failed,) = told(town, Pigeon(fails=True), "2020-03-30")
    assert failed.failure == "ConnectionError: no wind"
    pigeon = Pigeon()
    assert [each.failure for each in told(town, pigeon, "2020-03-30")] == [""]
    assert len(pigeon.got) == 1


def test_who_has_no_address_or_no_account_is_passed_by(local_towns: Towns) -> None:
    town, pigeon = local_towns.jia, Pigeon()
    assigned(town)
    with town.world.writing() as desk:
        keep_contact(desk, "bureau", "mail", "")
        assert contacts_of(desk, "bureau") == {}
        with pytest.raises(RendaError, match="“zj”不是电子邮件地址"):
            keep_contact(desk, "bureau", "mail", "zj")
        with pytest.raises(RendaError, match="没有登录名为“nobody”的账号"):
            keep_contact(desk, "nobody", "mail", "zj@example.gov.cn")
    assert told(town, pigeon, "2020-03-30") == []
    assert len(told(town, Pigeon(personal=False), "2020-03-30")) == 1


def test_a_letter_comes_to_the_mail_server_and_a_refused_one_is_told(local_towns: Towns) -> None:
    town = local_towns.jia
    assigned(town)
    town.world.go_to(date(2020, 3, 30))
    with mail_server() as box:
        mail = Mail(MailSettings("127.0.0.1", box.port, "renda@example.gov.cn", "none"))
        box.refused.add("zj@example.gov.cn")
        (refused,) = remind(town.world.installation, "jia", {"mail": mail})
        assert "nobody here" in refused.failure
        box.refused.clear()
        (sent,) = remind(town.world.installation, "jia", {"mail": mail})
    assert sent.failure == ""
    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == ("zj@example.gov.cn", "renda@example.gov.cn")
    assert letter["Subject"] == "甲区:1 件待办将到期或已逾期"
    assert "增设路灯(代表建议),期限 2020-03-30,今天到期" in letter.get_content()


def test_what_waits_longest_comes_first_and_overdue_before_the_rest(local_towns: Towns) -> None:
    town = local_towns.jia
    late = assigned(town, "修桥")
    town.world.go_to(date(2020, 3, 20))
    soon = assigned(town, "增设路灯")
    town.propose("种树")
    with town.world.reading() as desk:
        found = searching.due(desk, SYSTEM, searching.Wanted(waiting=True), limit=50).lines
    assert [line.row.id for line in found][:2] == [late, soon]
    assert [line.row.due_on is None for line in found] == sorted(line.row.due_on is None for line in found)
    town.world.go_to(date(2020, 4, 1))
    page = local_towns.as_("bureau").text("/jia/")
    assert page.index("修桥") < page.index("增设路灯")
    assert "已逾期 2 天" in page


@pytest.mark.parametrize(
    ("left", "stage"), [(8, None), (7, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-9, -1), (-10, -10), (-99, -10)]
)
def test_the_stage_is_the_nearest_that_has_come(left: int, stage: int | None) -> None:
    assert ReminderRules(days=(7, 1), overdue=(1, 10)).stage(left) == stage


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"day": [1]}, "x 的[reminders]有不认识的键“day”。可用的键:days、overdue、channels。"),
        ({"days": [1, 1]}, "x 的[reminders]的“days”应为 0 至 365 的整数列表,例如 [7, 1],不重复。"),
        ({"overdue": [0]}, "x 的[reminders]的“overdue”应为 0 至 365 的整数列表,例如 [7, 1],不重复。"),
        ({"days": 7}, "x 的[reminders]的“days”应为 0 至 365 的整数列表,例如 [7, 1],不重复。"),
        ({"channels": "mail"}, 'x 的[reminders]的“channels”应为文字的列表,例如 ["log", "mail"]。'),
    ],
)
def test_what_a_district_lays_down_wrongly_is_told(table: dict[str, Any], said: str) -> None:
    with pytest.raises(RendaError) as caught:
        reminder_rules_from(table, "x")
    assert caught.value.message == said


def test_a_district_may_say_when_and_how_itself() -> None:
    rules = reminder_rules_from({"days": [3], "overdue": [], "channels": ["wecom"]}, "x")
    assert rules == ReminderRules((3,), (), ("wecom",))
    assert reminder_rules_from({}, "x") == ReminderRules()
