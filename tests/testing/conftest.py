"""Feature files written on the spot, run against the districts of ``backing.sample`` as a clerk runs them."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from backing.following import write_followers
from renda import rulebook
from renda.testing import collecting, factories, features

POINTS = {
    "sample": EntryPoint("sample", "backing.sample:Sample", rulebook.ENTRY_POINTS),
    "review": EntryPoint("review", "backing.balloting:Review", rulebook.ENTRY_POINTS),
    "notes": EntryPoint("notes", "backing.following:Notes", rulebook.ENTRY_POINTS),
}


@dataclass(frozen=True)
class Run:
    """What a run of feature files printed and answered."""

    status: int
    text: str

    @property
    def reasons(self) -> list[str]:
        """Why steps failed, in order."""
        return [line.partition("→ ")[2] for line in self.text.splitlines() if "→ " in line]


Running = Callable[..., Run]


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Running:
    """Call it with the text of a feature file, and where it is to lie; answers what was printed."""
    for module in (rulebook, collecting):
        monkeypatch.setattr(module, "installed", lambda: POINTS)
    rulebook.practice_class.cache_clear()
    factories.rulebooks.cache_clear()
    districts = write_followers(tmp_path / "districts", "notes")
    (districts / "bing" / "district.toml").unlink()

    def run(text: str, place: str = "features/jia/suggestions.feature", **options: object) -> Run:
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        out = io.StringIO()
        given = {"districts": districts, "features": tmp_path / "features", "out": out, **options}
        wanted = given.pop("wanted", str(file))
        status = features.run(wanted, **given)  # type: ignore[arg-type]
        return Run(status, out.getvalue())

    return run
