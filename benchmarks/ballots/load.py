"""Many people at once: requests written to kept connections, each answer timed; nothing but the standard library."""

from __future__ import annotations

import asyncio
import http.client
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

JSON = "application/json"
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Post:
    """One request, ready to be sent."""

    path: str
    headers: dict[str, str]
    body: bytes
    kind: str = JSON

    def wire(self) -> bytes:
        """The bytes of it."""
        lines = [
            f"POST {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Content-Type: {self.kind}",
            f"Content-Length: {len(self.body)}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass
class Run:
    """What a load saw: when each answer came, how long it took, which were refused."""

    seconds: float = 0.0
    answers: list[tuple[float, float]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    def percentile(self, share: int) -> float:
        """The time within which so many percent were answered, in milliseconds."""
        ordered = sorted(taken for _, taken in self.answers)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)]

    def last_to_first(self) -> float:
        """How long the last tenth took beside the first, warm-up left out."""
        ordered = [at for at, _ in sorted(self.answers)]
        tenth = len(ordered) // 10
        warm = tenth // 2
        first = ordered[warm + tenth] - ordered[warm]
        return (ordered[-1] - ordered[-1 - tenth]) / first


def wait_for(port: int) -> None:
    """Wait until something listens; raises ``TimeoutError``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def get(port: int, path: str) -> tuple[int, bytes]:
    """One plain request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def send(
    requests: Sequence[tuple[int, Post]], at_once: int, beside: Callable[[], Awaitable[None]] | None = None
) -> Run:
    """Send all requests over ``at_once`` connections, ``beside`` running meanwhile; every answer is read whole."""
    return asyncio.run(_send(requests, at_once, beside))


async def _send(
    requests: Sequence[tuple[int, Post]], at_once: int, beside: Callable[[], Awaitable[None]] | None
) -> Run:
    run = Run()
    queues: dict[int, asyncio.Queue[bytes]] = {}
    for port, post in requests:
        queues.setdefault(port, asyncio.Queue()).put_nowait(post.wire())
    other = asyncio.create_task(_ever(beside)) if beside else None
    share = max(1, at_once // len(queues))
    began = time.perf_counter()
    await asyncio.gather(*(_voter(port, queue, run, began) for port, queue in queues.items() for _ in range(share)))
    run.seconds = time.perf_counter() - began
    if other is not None:
        other.cancel()
    return run


async def _ever(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _voter(port: int, queue: asyncio.Queue[bytes], run: Run, began: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not queue.empty():
        wire = queue.get_nowait()
        sent = time.perf_counter()
        writer.write(wire)
        status, body = await answer_of(reader)
        now = time.perf_counter()
        if status == 200:
            run.answers.append((now - began, now - sent))
        else:
            run.refused.append(f"{status} {body[:200].decode('utf-8', 'replace')}")
    writer.close()


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of an answer with a length or in chunks."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lowered = head.lower()
    if b"content-length:" in lowered:
        length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0])
        return status, await reader.readexactly(length)
    if b"chunked" not in lowered:
        return status, b""
    body = b""
    while True:
        size = int((await reader.readline()).split(b";")[0], 16)
        body += (await reader.readexactly(size + 2))[:-2]
        if size == 0:
            return status, body
