"""All work with a ballot's private key or with opened papers, as tasks that a process of their own can do.

A server's memory holds what it handled until that is overwritten by chance: a core dump after the close would show opened
papers and keys. So the server hands such work to a process that ends with it; only what was decided comes back. It also
keeps a long count from other districts' ballots and screens.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from renda.errors import RendaError, declare
from renda.i18n import current_locale, reading_in
from renda.matter import Actor, Party
from renda.services.ballots.closing import close
from renda.services.ballots.keys import KeyKeeper
from renda.services.ballots.opening import make_shares
from renda.services.ballots.sittings import open_in_sitting
from renda.services.desk import Installation

declare(
    {
        "ballot.process": "办理表决密钥的进程没有正常结束。请刷新页面,看表决现在处于什么状态,再决定是否重试;"
        "仍不成功的,请系统管理员查看日志。",
    },
    status=503,
)

SECONDS = 300
"""After how long a process is given up: closing 4,000 papers takes a few."""


@dataclass(frozen=True, slots=True)
class KeyTask:
    """What is to be done with keys: ``open``, ``close`` or ``shares`` of ``ballots``, all of them or none.

    ``shares`` are those scrutineers gave; ``display`` as in ``close``; ``needed`` and ``total`` as in ``make_shares``.
    """

    deed: str
    slug: str
    actor: Actor
    ballots: Sequence[int]
    shares: Sequence[str] = ()
    display: str = ""
    needed: int = 0
    total: int = 0


KeyWork = Callable[[KeyTask], Sequence[str]]
"""Does a task and answers with the shares it made, if any; raises as the deed does."""


def together(installation: Installation, keys: KeyKeeper) -> KeyWork:
    """Work in this very process, for commands and tests, which end."""

    def work(task: KeyTask) -> Sequence[str]:
        return done(installation, keys, task)

    return work


def apart(command: Sequence[str]) -> KeyWork:
    """Work in a process of its own, started by ``command``; raises ``ballot.process`` where it does not end well."""

    def work(task: KeyTask) -> Sequence[str]:
        asked = bytearray(json.dumps({**asdict(task), "locale": current_locale()}, default=list).encode())
        try:
            ended = subprocess.run(command, input=asked, stdout=subprocess.PIPE, timeout=SECONDS, check=True)  # noqa: S603
            said = json.loads(ended.stdout)
        except (subprocess.SubprocessError, OSError, ValueError) as failure:
            raise RendaError("ballot.process") from failure
        finally:
            asked[:] = bytes(len(asked))
        if "code" in said:
            raise RendaError(said["code"], **said["values"])
        return tuple(said["shares"])

    return work


def answered(asked: bytes, work: Callable[[KeyTask], Sequence[str]]) -> str:
    """What the process says on its output to what it was asked on its input: shares, or a refusal's code and values."""
    given = json.loads(asked)
    with reading_in(given.pop("locale")):
        try:
            return json.dumps({"shares": list(work(_task(given)))})
        except RendaError as refusal:
            return json.dumps({"code": refusal.code, "values": refusal.values}, default=str, ensure_ascii=False)


def done(installation: Installation, keys: KeyKeeper, task: KeyTask) -> Sequence[str]:
    """Do a task in one transaction of its own."""
    made: Sequence[str] = ()
    with installation.writing(task.slug) as desk:
        for number in task.ballots:
            if task.deed == "open":
                open_in_sitting(desk, task.actor, number, keys=keys, shares=task.shares)
            elif task.deed == "close":
                close(desk, task.actor, number, keys=keys, shares=task.shares, display=task.display)
            else:
                made = make_shares(desk, task.actor, number, needed=task.needed, total=task.total)
    return made


def _task(given: dict[str, Any]) -> KeyTask:
    actor: Mapping[str, Any] = given["actor"]
    parties = {name: None if actor[name] is None else Party(**actor[name]) for name in ("person", "organ")}
    roles = frozenset(actor["roles"])
    return KeyTask(**{**given, "actor": Actor(actor["account_id"], actor["name"], roles, **parties)})
