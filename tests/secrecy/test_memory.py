"""A core dump of the server right after the close: nothing in it leads from a voter to marks, and no key is in it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from backing.balloting import DISTRICT
from backing.chamber import Chamber, make_chamber
from backing.databases import Database
from backing.memory import Browser, Dump, forms_of, forms_of_key
from backing.world import PASSWORD
from renda.services.ballots.keys import name_of

VOTERS = 5
RULE = {"seats": 1, "write_in": "always"}
RENDA = (sys.executable, "-c", "from renda.cli import main; main()")
ON_SERVER = {"RENDA_SERVER_SEALING": "yes"}


@pytest.fixture
def chamber(database_url: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(database_url.app_url, tmp_path, VOTERS)
    # The server that is dumped finds installed practices only.
    folder = tmp_path / "served" / "jia"
    folder.mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    yield made
    made.world.close()


@contextmanager
def server(database: Database, folder: Path, more: Mapping[str, str]) -> Iterator[tuple[str, list[int]]]:
    """A server as a host runs it: its address and its processes."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RENDA_")},
        "RENDA_DATABASE_URL": database.app_url, "RENDA_OWNER_URL": database.owner_url,
        "RENDA_DISTRICTS": str(folder / "served"), "RENDA_SECRET_FILE": str(folder / "secret"),
        "RENDA_KEY_FOLDER": str(folder / "keys"), "RENDA_PORT": str(port), **more,
    }  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([*RENDA, "serve"], env=environment, stdout=log, stderr=log, cwd=folder)
        try:
            address = f"http://127.0.0.1:{port}"
            await_page(process, f"{address}/jia/sign-in")
            yield address, descendants(process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)


def await_page(process: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


def descendants(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        for task in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def dumped(chamber: Chamber, database: Database, folder: Path, *, sealed_by_server: bool) -> dict[str, Any]:
    """Everybody votes, the clerk closes, the memory of the server is read at once: what an administrator has."""
    number = chamber.prepare("选举副主任", "election", ["候选人甲"], rule=RULE)
    words = {f"m{place}": f"另选第{place}号人" for place in range(1, VOTERS + 1)}
    with server(database, folder, ON_SERVER if sealed_by_server else {}) as (address, pids):
        clerk = Browser(address, "jia").sign_in("clerk", PASSWORD)
        clerk.send(f"/ballots/{number}", f"/ballots/{number}", {"deed": "open"})
        private = (folder / "keys" / name_of(chamber.row(number))).read_bytes()
        cookies = {}
        for login, word in words.items():
            voter = Browser(address, "jia").sign_in(login, PASSWORD)
            plain = {"marks": {"1": "0002"}, "names": [word]} if sealed_by_server else None
            paper = {"marks": {"1": "no"}, "written": [word]}
            assert voter.vote(number, paper, plain) == "counted"
            cookies[login] = voter.cookie
        before = Dump.of(pids)
        clerk.close(number)
        after = Dump.of(pids)
    assert chamber.row(number).state in {"closed", "published"}
    assert chamber.row(number).result["turnout"]["returned"] == VOTERS
    return {"words": words, "cookies": cookies, "private": private, "before": before, "after": after}


def test_right_after_the_close_memory_holds_no_marks_and_no_key(
    chamber: Chamber, database_url: Database, tmp_path: Path
) -> None:
    seen = dumped(chamber, database_url, tmp_path, sealed_by_server=False)
    for dump in (seen["before"], seen["after"]):
        assert dump.linked(seen["words"], seen["cookies"]) == {}
        assert [word for word in seen["words"].values() if dump.holds(*forms_of(word))] == []
        assert not dump.holds(*forms_of_key(seen["private"]))
    # The search finds what was there: cookies of voters lie in the memory before the close.
    assert any(seen["before"].holds(cookie.encode()) for cookie in seen["cookies"].values())


def test_sealed_on_the_server_marks_are_in_its_memory(chamber: Chamber, database_url: Database, tmp_path: Path) -> None:
    seen = dumped(chamber, database_url, tmp_path, sealed_by_server=True)
    found = [word for word in seen["words"].values() if seen["before"].holds(*forms_of(word))]
    assert found
    assert set(seen["before"].linked(seen["words"], seen["cookies"]).items()) <= set(seen["words"].items())


def test_the_process_of_the_close_can_be_dumped_by_nobody(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LIMITS], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout  # fmt: skip
    assert said.split() == ["(0,", "0)", "0"]


LIMITS = """
import ctypes, resource
from renda.cli.key_process import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
