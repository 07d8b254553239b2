"""Attacks a fresh demo on both databases and prints what each attack came to; ends with 1 where one succeeded.

``python tools/attack [NAME …] [--database SQLite|PostgreSQL] [--district SLUG …]``. Each module of this folder with a
function ``attack`` is one attack: it is given a target and answers with results. All traffic stays on this machine.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tools.attack.target import DATABASES, Result, Target, targets  # noqa: E402


def names() -> list[str]:
    """The attacks there are."""
    modules = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    return sorted(set(modules) - {"__main__", "target"})


def run(name: str, target: Target) -> Iterator[Result]:
    """One attack on one installation."""
    yield from importlib.import_module(f"tools.attack.{name}").attack(target)


def main() -> int:
    """Runs the attacks asked for; the status of the process."""
    parser = argparse.ArgumentParser(prog="python tools/attack", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which attacks: {', '.join(names())}")
    parser.add_argument("--database", choices=DATABASES, action="append", help="one database instead of both")
    parser.add_argument("--district", action="append", default=[], help="these districts instead of all")
    given = parser.parse_args()
    if unknown := set(given.names) - set(names()):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    failed = 0
    print("| database | attack | trial | attempted | succeeded | |")
    print("|---|---|---|---|---|---|")
    with targets(given.database or DATABASES, given.district) as all_targets:
        for target in all_targets:
            for name in given.names or names():
                for result in run(name, target):
                    failed += not result.is_held_off
                    held = (
                        "held off" if result.is_held_off else "**SUCCEEDED**" if result.attempted else "**not tried**"
                    )
                    print(
                        f"| {target.database} | {result.attack} | {result.trial} | {result.attempted} | "
                        f"{result.succeeded} | {held} {result.note} |",
                        flush=True,
                    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
