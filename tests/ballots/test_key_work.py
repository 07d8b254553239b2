"""Work with keys in a process of its own: what it is asked and answers is what it would do here."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from backing.balloting import Hall, refusal
from renda.errors import RendaError
from renda.matter import Actor, Party
from renda.services import ballots
from renda.services.ballots import KeyTask
from renda.services.ballots.key_work import answered

CHILD = (
    "import json, sys\n"
    "from renda.services.ballots.key_work import answered\n"
    "from renda.errors import RendaError\n"
    "def work(task):\n"
    "    if task.deed == 'close':\n"
    "        raise RendaError('ballot.shares_few', question='表决甲', needed=3, given=1)\n"
    "    assert task.actor.person.id == 7 and task.actor.roles == frozenset({'clerk', 'member'})\n"
    "    return [*task.shares, task.slug, str(task.ballots), task.display]\n"
    "sys.stdout.write(answered(sys.stdin.buffer.read(), work))\n"
)
WHO = Actor(901, "工作人员丙", frozenset({"clerk", "member"}), Party("person", 7, "委员甲"))
TASK = KeyTask("open", "jia", WHO, [1, 2], ["份额"], "delayed")


def test_a_task_arrives_whole_and_its_answer_comes_back() -> None:
    assert ballots.apart((sys.executable, "-c", CHILD))(TASK) == ("份额", "jia", "[1, 2]", "delayed")


def test_a_refusal_comes_back_as_the_same_refusal() -> None:
    with pytest.raises(RendaError) as caught:
        ballots.apart((sys.executable, "-c", CHILD))(replace(TASK, deed="close"))
    assert (caught.value.code, caught.value.status) == ("ballot.shares_few", 409)
    assert caught.value.message == "“表决甲”需要 3 份密钥,现只输入 1 份。请再由其他监票人输入。"


@pytest.mark.parametrize("command", [("/no/such/program",), (sys.executable, "-c", "1/0"), (sys.executable, "-c", "1")])
def test_a_process_that_does_not_end_well_is_told_without_saying_what_became_of_the_ballot(
    command: Sequence[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert refusal(lambda: ballots.apart(command)(TASK)) == (
        "办理表决密钥的进程没有正常结束。请刷新页面,看表决现在处于什么状态,再决定是否重试;"
        "仍不成功的,请系统管理员查看日志。 [ballot.process]"
    )
    capfd.readouterr()


def test_several_are_opened_and_closed_together_or_not_at_all(hall: Hall) -> None:
    work = ballots.together(hall.world.installation, hall.keys)
    first, second = hall.ready(), hall.prepare()
    task = KeyTask("close", "jia", hall.clerk, [first, second])
    assert refusal(lambda: work(task)).endswith("[ballot.not_now]")
    assert (hall.row(first).state, hall.row(second).state) == ("open", "prepared")
    assert work(KeyTask("close", "jia", hall.clerk, [first], display="direct")) == ()
    assert hall.row(first).state == "published"


def test_shares_are_made_and_given_back(hall: Hall) -> None:
    work = ballots.together(hall.world.installation, hall.keys)
    number = hall.prepare(key_mode="shares")
    assert len(work(KeyTask("shares", "jia", hall.clerk, [number], needed=2, total=3))) == 3
    assert answered(b'{"deed": "shares", "slug": "jia", "ballots": [], "locale": "zh_CN", "actor": {"account_id": 1,'
                    b' "name": "a", "roles": [], "person": null, "organ": null}}', work) == '{"shares": []}'  # fmt: skip
