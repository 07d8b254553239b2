"""A plugin to begin with passes its own tests, written by the command and run as an outsider would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backing.terminal import Terminal


@pytest.fixture
def package(terminal: Terminal, tmp_path: Path) -> Path:
    """The new plugin, and beside it what an installation of it would leave."""
    written = terminal.said("new-plugin", "home_visits", "--into", str(tmp_path)).split()
    folder = tmp_path / "renda-home-visits"
    assert str(folder / "renda_home_visits" / "__init__.py") in written
    left = tmp_path / "installed" / "renda_home_visits-0.1.dist-info"
    left.mkdir(parents=True)
    (left / "METADATA").write_text("Metadata-Version: 2.1\nName: renda-home-visits\nVersion: 0.1\n", "utf-8")
    (left / "entry_points.txt").write_text("[renda.practices]\nhome_visits = renda_home_visits:HomeVisits\n", "utf-8")
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(folder.parent / "installed"), str(folder)])
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_new_plugin_passes_its_own_tests(package: Path) -> None:
    done = run(package, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_a_new_plugins_features_are_told_in_chinese(package: Path) -> None:
    command = "from renda.cli import main; main()"
    done = run(package, "-c", command, "features", "features", "--html", "page.html", RENDA_DISTRICTS="districts")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 个场景,通过 3 个。" in done.stdout
    assert (package / "page.html").exists()


def test_a_new_plugin_is_short_and_imports_only_what_is_offered(package: Path) -> None:
    lines = (package / "renda_home_visits" / "__init__.py").read_text("utf-8").splitlines()
    assert len(lines) <= 75
    assert [line for line in lines if line.startswith(("import ", "from "))] == [lines[2]]
    assert lines[2].startswith("from renda import ")


def test_nothing_is_written_over(terminal: Terminal, package: Path) -> None:
    said = terminal.refused("new-plugin", "home_visits", "--into", str(package.parent))
    assert said.endswith("已经有了,不覆盖。请换一个名称,或先移走它。 [scaffold.exists]")
