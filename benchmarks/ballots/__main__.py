"""``make bench-ballots``: the table, each figure told as soon as it is known."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from backing.postgres import Server, running  # noqa: E402
from benchmarks import worlds  # noqa: E402
from benchmarks.ballots import bare, slides, statements  # noqa: E402
from benchmarks.ballots.hall import Hall, full, served  # noqa: E402
from benchmarks.ballots.load import Post, Run, answer_of, send  # noqa: E402
from benchmarks.measuring import Figure, machine, table  # noqa: E402

PORT, BARE_PORT = 48_751, 48_752
VOTERS, AT_ONCE, GREAT_HALL = 500, 32, 3_376
POLLING, EVERY, SCREENS = 500, 5.0, 20


def main() -> int:
    """Print the machine and the table; what misses or could not be had stays in it."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, running(durable=True) as server:
        box = Path(name)
        # The server's own account has to read the script pgbench is given.
        box.chmod(0o755)
        for place in (worlds.postgresql(server), worlds.sqlite(box / "embedded")):
            found += _casting(place, box / place.kind, server)
            found += _great_hall(place, box / place.kind)
        notes = _slides(server, box, found)
    print(machine())
    print()
    print(table(found))
    print(*notes, sep="\n")
    return 0


def _told(figures: list[Figure]) -> list[Figure]:
    print(table(figures), file=sys.stderr, flush=True)
    return figures


def _casting(place: worlds.Place, box: Path, server: Server) -> list[Figure]:
    box.mkdir(parents=True, exist_ok=True)
    warm, hall, watched = full(place, box, VOTERS), full(place, box, VOTERS), full(place, box, VOTERS)
    with served(hall, PORT):
        _voted(warm)
        ours = _voted(hall)
        followed = _voted(watched, beside=True)
    began = time.perf_counter()
    hall.close()
    counted = time.perf_counter() - began
    beside = full(place, box, VOTERS)
    with served(beside, BARE_PORT, bare=True):
        least = _bare(beside)
    cast = f"{ours.rate:,.0f} : {least.rate:,.0f} votes/s"
    figures = [
        Figure("casting : a bare Flask handler", place.kind, cast, ours.rate / least.rate, 0.6, at_least=True),
        Figure("95 of 100 answered within, 500 pages polling (ms)", place.kind, f"{followed.rate:,.0f} votes/s",
               followed.percentile(95), 100),
        Figure("last tenth : first tenth", place.kind, f"{VOTERS} votes", ours.last_to_first(), 1.1),
        Figure("counted and published (s)", place.kind, f"{VOTERS} papers", counted, 2),
    ]  # fmt: skip
    if place.kind == "PostgreSQL":
        raw = statements.rate(server, full(place, box, VOTERS), box, AT_ONCE)
        if raw is not None:
            told = f"{ours.rate:,.0f} : {raw:,.0f} votes/s"
            figures.append(
                Figure("casting : pgbench, same statements", place.kind, told, ours.rate / raw, 0.15, at_least=True)
            )
    return _told(figures)


def _great_hall(place: worlds.Place, box: Path) -> list[Figure]:
    hall = full(place, box, GREAT_HALL)
    with served(hall, PORT):
        run = _voted(hall)
    began = time.perf_counter()
    hall.close()
    counted = time.perf_counter() - began
    limit = 5 if place.kind == "PostgreSQL" else 10
    return _told([
        Figure(f"{GREAT_HALL:,} voters on one ballot (s)", place.kind, f"{run.rate:,.0f} votes/s", run.seconds, limit),
        Figure("last tenth : first tenth", place.kind, f"{GREAT_HALL:,} votes", run.last_to_first(), 1.1),
        Figure("counted and published (s)", place.kind, f"{GREAT_HALL:,} papers", counted, 2),
    ])  # fmt: skip


def _voted(hall: Hall, *, beside: bool = False) -> Run:
    polls = hall.polled()
    run = send([(PORT, post) for post in hall.posts()], AT_ONCE, (lambda: _polling(polls)) if beside else None)
    assert not run.refused, run.refused[:3]
    assert len(run.answers) == len(hall.people)
    return run


def _bare(hall: Hall) -> Run:
    posts = [
        (BARE_PORT, Post("/cast", {"Cookie": f"who={bare.SIGNER.dumps(person)}"}, post.body))
        for person, post in zip(hall.people, hall.posts(), strict=True)
    ]
    warm = [(BARE_PORT, Post("/cast", {"Cookie": "who=x"}, b"{}"))] * 64
    send(warm, AT_ONCE)
    run = send(posts, AT_ONCE)
    assert not run.refused, run.refused[:3]
    return run


async def _polling(path: str) -> None:
    """As many pages as there are, each asking every few seconds, over the connections of some screens."""
    await asyncio.gather(*(_screen(path, number) for number in range(SCREENS)))


async def _screen(path: str, number: int) -> None:
    pause = EVERY * SCREENS / POLLING
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    await asyncio.sleep(pause * number / SCREENS)
    while True:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        status, _ = await answer_of(reader)
        assert status == 200, status
        await asyncio.sleep(pause)


def _slides(server: Server, box: Path, found: list[Figure]) -> list[str]:
    ours = next(each for each in found if each.name == "casting : a bare Flask handler")
    rate = float(ours.measured.split()[0].replace(",", ""))
    try:
        with slides.serving(server, box, VOTERS) as requests:
            run = send(requests, AT_ONCE)
    except slides.MissingError as missing:
        return ["", f"OpenSlides 3.3 could not be had here: {missing}"]
    assert not run.refused, run.refused[:3]
    measured = f"{rate:,.0f} : {run.rate:,.0f} votes/s"
    found += _told([Figure("casting : OpenSlides 3.3", "PostgreSQL", measured, rate / run.rate, 20, at_least=True)])
    return ["", f"OpenSlides 3.3: 95 of 100 within {run.percentile(95):,.0f} ms, nobody watching"]


if __name__ == "__main__":
    sys.exit(main())
