"""What a process that may be killed at any moment does: casting one paper after another, and closing."""

import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest
from sqlalchemy.orm import configure_mappers

from backing.balloting import find_review
from renda.matter import Actor, Party
from renda.rulebook import Rulebooks
from renda.services import ballots
from renda.services.ballots import FolderKeys
from renda.services.desk import Installation
from renda.store import Store

# Once here, and not in each process that is forked.
configure_mappers()
NOW = datetime(2020, 3, 2, 1, tzinfo=UTC)
CLERK = Actor(901, "工作人员丙", frozenset({"clerk"}))


def installation(url: str, districts: str) -> Installation:
    """An installation of the process's own."""
    return Installation(Store(url, pool_size=2), Rulebooks(Path(districts), find_review), lambda: NOW)


def casting(line: Connection, url: str, districts: str, number: int, votes: Sequence[tuple[int, str]]) -> None:
    """Cast for each person, telling before and after; the token of a form is the person's."""
    own = installation(url, districts)
    with own.reading("jia") as desk:
        ballots.progress(desk, number)
    line.send(("ready", 0, ""))
    for person, level in votes:
        voter = Actor(person, "", frozenset({"member"}), Party("person", person))
        with own.reading("jia") as desk:
            envelope = ballots.seal(desk, number, {"marks": {"1": [level]}})
        line.send(("asked", person, ""))
        answer = ballots.vote(own, "jia", voter, number, envelope, submission=f"form-{person}")
        line.send(("told", person, answer.value))


def closing(line: Connection, url: str, districts: str, number: int, folder: str) -> None:
    """Close the ballot."""
    own = installation(url, districts)
    with own.reading("jia") as desk:
        ballots.progress(desk, number)
    line.send(("ready", 0, ""))
    with own.writing("jia") as desk:
        ballots.close(desk, CLERK, number, keys=FolderKeys(Path(folder)))
    line.send(("told", 0, "closed"))


def run(deed: Any, arguments: Sequence[Any], chance: Random, longest: float) -> tuple[list[tuple[str, int, str]], bool]:
    """What a process told before it was killed at a random moment; and whether it was."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["backing.mortal"])
    with pytest.MonkeyPatch.context() as patch:
        # The server of forks looks for what it loads beforehand on its own path (python/cpython#117378).
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        ensure_running()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=deed, args=(theirs, *arguments))
    process.start()
    theirs.close()
    told = [ours.recv()]
    sleep(chance.uniform(0, longest))
    process.kill()
    process.join()
    try:
        while True:
            told.append(ours.recv())
    except EOFError:
        pass
    ours.close()
    killed = process.exitcode == -signal.SIGKILL
    process.close()
    return told, killed
