"""Mutates the rules and the services around them and counts what the tests kill; ends with 1 below the figures asked.

``python tools/mutants.py`` takes a sample by seed in about five minutes, ``--all`` takes every mutant. mutmut does the
work. It expects sources below `src/`, so a copy of the repository is laid that way in a temporary folder. A survivor
that no test could kill is listed in `tools/mutants.toml` with its reason and does not count.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EQUIVALENT = ROOT / "tools/mutants.toml"
SURVIVED, UNTESTED = 0, 33
COPIED = ("tests", "districts", "features", "migrations", "docs", "tools", "changes")
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Sources that are mutated together: the tests that must kill them, the share that is asked, the sample."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    least: Fraction
    sample: int


GROUPS = (
    Group(
        "pure",
        ("voting/*", "deadlines/*", "explain/*", "sealing/*"),
        ("tests/voting", "tests/deadlines", "tests/explain", "tests/sealing"),
        Fraction(97, 100),
        200,
    ),
    Group(
        "services",
        (
            "services/ballots/*", "services/matters.py", "services/upkeep.py", "services/scores.py",
            "services/chain.py", "services/permissions.py", "services/refusals.py",
        ),
        ("tests/ballots", "tests/kernel", "tests/services", "tests/meetings"),
        Fraction(92, 100),
        80,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test killed: its name and what it changed."""

    name: str
    change: str


class Workshop:
    """A copy of the repository in the shape mutmut expects, for one group."""

    def __init__(self, folder: Path, group: Group) -> None:
        self.folder, self.group = folder, group
        shutil.copytree(
            ROOT / "core/renda", folder / "src/renda", ignore=shutil.ignore_patterns("__pycache__", "front")
        )
        shutil.copytree(
            ROOT / "plugins/renda_plugins", folder / "src/renda_plugins", ignore=shutil.ignore_patterns("__pycache__")
        )
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "pyproject.toml").write_text(_configuration(group), "utf-8")
        paths = [str(folder / "mutants" / place) for place in ("src", "tests")]
        self.environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}

    def prepare(self) -> None:
        """Make all mutants and learn which tests meet which function; no mutant of that name is run."""
        self._mutmut("run", "--max-children", str(PROCESSES), "none", check=False)
        if not self.results():
            raise SystemExit(f"{self.group.name}: no mutants were made; see {self.folder}")

    def run(self, names: Sequence[str]) -> None:
        """Run these mutants."""
        self._mutmut("run", "--max-children", str(PROCESSES), *names)

    def results(self) -> dict[str, int | None]:
        """The exit code of the tests by mutant; None where it was not run."""
        found: dict[str, int | None] = {}
        for path in sorted((self.folder / "mutants/src").rglob("*.meta")):
            found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        return found

    def change(self, name: str) -> str:
        """The lines a mutant changed, as in a diff without its context."""
        shown = self._mutmut("show", name).splitlines()
        return "\n".join(line for line in shown if line[:1] in "+-" and line[:3] not in {"+++", "---"})

    def _mutmut(self, *arguments: str, check: bool = True) -> str:
        command = [sys.executable, "-m", "mutmut", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )  # fmt: skip
        if check and done.returncode:
            raise SystemExit(f"mutmut {arguments[0]}: {(done.stdout + done.stderr)[-3000:]}")
        return done.stdout


def _configuration(group: Group) -> str:
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    # A mutant may leave something open that only warns: it has to be killed by what a test asserts.
    kept = {key: value for key, value in ours.items() if key not in {"filterwarnings", "minversion", "testpaths"}}
    lines = ["[tool.pytest.ini_options]", *(f"{key} = {json.dumps(value)}" for key, value in kept.items())]
    lines += [
        "[tool.mutmut]",
        'source_paths = ["src/renda"]',
        f"only_mutate = {json.dumps([f'src/renda/{source}' for source in group.sources])}",
        f"also_copy = {json.dumps(['src', *COPIED])}",
        f"pytest_add_cli_args_test_selection = {json.dumps(group.tests)}",
        'pytest_add_cli_args = ["-p", "no:randomly", "-m", "not (postgresql or browser)", "--ignore-glob=*crash*"]',
        # What a type checker alone reads cannot be killed by a test.
        r"do_not_mutate_patterns = ['cast\(']",
        "track_dependencies = false",
        "use_git_change_detection = false",
    ]
    return "\n".join(lines) + "\n"


def equivalents() -> dict[tuple[str, str], str]:
    """Why a change cannot be noticed, by function and changed lines."""
    entries = _listed("equivalent")
    return {(entry["function"], entry["change"].strip()): entry["reason"] for entry in entries}


def out_of_reach() -> set[str]:
    """Functions that run while modules are imported, before mutmut can switch to a mutant."""
    return {entry["function"] for entry in _listed("imported")}


def _listed(kind: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = tomllib.loads(EQUIVALENT.read_text("utf-8")).get(kind, [])
    return entries


def examine(group: Group, folder: Path, rng: random.Random, everything: bool) -> bool:
    """Mutate one group and print what came of it; whether it reaches its figure."""
    began = time.monotonic()
    workshop = Workshop(folder, group)
    workshop.prepare()
    skipped = out_of_reach()
    names = sorted(name for name in workshop.results() if _function(name) not in skipped)
    chosen = names if everything else sorted(rng.sample(names, min(group.sample, len(names))))
    workshop.run(chosen)
    results = workshop.results()
    excused = equivalents()
    survivors = [
        Survivor(name, workshop.change(name)) for name in chosen if results[name] in {SURVIVED, UNTESTED}
    ]  # fmt: skip
    open_ones = [each for each in survivors if (_function(each.name), each.change.strip()) not in excused]
    counted = len(chosen) - (len(survivors) - len(open_ones))
    killed = counted - len(open_ones)
    reached = Fraction(killed, counted) >= group.least
    for line in _report(open_ones):
        print(line)
    print(
        f"{group.name}: {killed} of {counted} killed ({float(100 * killed / counted):.1f}%, asked "
        f"{float(100 * group.least):.0f}%), {len(survivors) - len(open_ones)} equivalent, {len(names)} mutants in all, "
        f"{time.monotonic() - began:.0f} s",
        flush=True,
    )
    return reached


def _report(survivors: Sequence[Survivor]) -> Iterator[str]:
    for survivor in survivors:
        yield f"survived {survivor.name}"
        yield from (f"    {line}" for line in survivor.change.splitlines())


def _function(name: str) -> str:
    return name.rpartition("__mutmut_")[0]


def main() -> int:
    """Runs the groups asked for; the status of the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"which: {', '.join(group.name for group in GROUPS)}"
    )
    parser.add_argument("--all", action="store_true", help="every mutant instead of a sample")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), help="of the sample")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    rng = random.Random(given.seed)
    reached = True
    for group in GROUPS:
        if given.groups and group.name not in given.groups:
            continue
        with tempfile.TemporaryDirectory(prefix="renda-mutants-") as folder:
            reached &= examine(group, Path(folder), rng, given.all)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
