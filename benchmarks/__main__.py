"""``make bench``: all figures, or those named, as one table."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks import actions, importing, pages, rescoring, signing_in, starting, worlds  # noqa: E402
from benchmarks.measuring import Figure, machine, table  # noqa: E402

PARTS = {
    "pages": pages.figures,
    "actions": actions.figures,
    "rescoring": rescoring.figures,
    "importing": importing.figures,
    "signing_in": signing_in.figures,
}


def main() -> int:
    """Print the machine and the table; a figure that misses is no failure, but stays in it."""
    wanted = sys.argv[1:] or ["starting", *PARTS]
    found: list[Figure] = []
    if "starting" in wanted:
        found += starting.figures()
        print(table(found), file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as box:
        for name in (part for part in PARTS if part in wanted):
            with worlds.places(Path(box) / name) as places:
                for place in places:
                    print(f"{name} · {place.kind}", file=sys.stderr, flush=True)
                    fresh = PARTS[name](place, Path(box) / name / f"{place.kind}-districts")
                    print(table(fresh), file=sys.stderr, flush=True)
                    found += fresh
    print(machine())
    print()
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
