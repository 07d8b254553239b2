"""How long a start takes and what it holds in memory, with 3,000 districts and with 3."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks import worlds
from benchmarks.measuring import Figure, milliseconds

ROUNDS = 7
PROGRAM = """
import json, time
began = time.perf_counter()
from renda.web.wsgi import app
assert app.test_client().get("/").status_code == 200
seconds = time.perf_counter() - began
status = open("/proc/self/status").read()
kilobytes = int(status.split("VmRSS:")[1].split()[0])
print(json.dumps({"seconds": seconds, "kilobytes": kilobytes}))
"""


def figures() -> list[Figure]:
    """From the first import to the first page, in a process of its own; its memory once the page is out."""
    with tempfile.TemporaryDirectory() as box:
        environments = {count: _prepared(Path(box) / str(count), count) for count in (3, 3_000)}
        found: dict[int, list[dict[str, float]]] = {3: [], 3_000: []}
        for round_ in range(ROUNDS + 1):
            for count, environment in environments.items():
                measured = worlds.child(PROGRAM, environment)
                if round_:
                    found[count].append(measured)
    few, many = (
        {key: statistics.median(each[key] for each in found[count]) for key in ("seconds", "kilobytes")}
        for count in (3, 3_000)
    )
    more = (many["kilobytes"] - few["kilobytes"]) / 1024
    return [
        Figure(
            "start-up, 3,000 districts : 3",
            "SQLite",
            f"{milliseconds(many['seconds'])} : {milliseconds(few['seconds'])}",
            many["seconds"] / few["seconds"],
            1.2,
        ),
        Figure("idle memory, 3,000 districts − 3 (MB)", "SQLite", f"{few['kilobytes'] / 1024:.0f} MB with 3", more, 10),
    ]


def _prepared(folder: Path, count: int) -> dict[str, str]:
    districts = folder / "districts"
    districts.mkdir(parents=True)
    place = worlds.sqlite(folder)
    worlds.installation(place, districts, worlds.copies("pingshan", districts, count)).store.close()
    return {
        "RENDA_DATABASE_URL": place.app_url,
        "RENDA_DISTRICTS": str(districts),
        "RENDA_SECRET_FILE": str(folder / "secret"),
    }
