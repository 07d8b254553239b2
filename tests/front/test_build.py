"""The browser's files, as built into the package."""

import gzip
import json
import re
from typing import Any

import pytest

from backing.repository import ROOT, build_hook

BUILT = ROOT / build_hook().BUILT
# On the wire, in bytes: a page, and what pages with pictures load besides.
LIMITS = {
    "main.js": 25_000,
    "live.js": 2_000,
    "voting.js": 4_000,
    "style.css": 90_000,
    "diagram.js": 25_000,
    "charts.js": 230_000,
}


def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    return loaded


def test_what_is_built_is_built_from_these_sources() -> None:
    assert manifest()["inputs"] == build_hook().digest_of_inputs(ROOT)


def test_building_again_without_a_change_does_nothing() -> None:
    assert build_hook().build(ROOT) is False


def test_every_named_file_is_there() -> None:
    named = manifest()["files"]
    scripts = {"main.js", "charts.js", "diagram.js", "live.js", "voting.js"}
    assert {*scripts, "style.css", "icon.svg", "licenses.txt"} == set(named)
    assert [name for name in named.values() if not (BUILT / name).is_file()] == []


def test_the_names_change_with_the_content() -> None:
    hashed = {plain: name for plain, name in manifest()["files"].items() if plain != "licenses.txt"}
    assert [name for name in hashed.values() if not re.fullmatch(r"[a-z]+-[0-9A-Z]{8}\.(js|css|svg)", name)] == []


def test_nothing_is_loaded_from_another_host() -> None:
    for path in BUILT.iterdir():
        if path.suffix in {".js", ".css"}:
            addresses = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8")))
            assert addresses <= {"http://www.w3.org"}


def test_the_style_sheet_loads_no_fonts_and_no_other_sheets() -> None:
    sheet = (BUILT / manifest()["files"]["style.css"]).read_text("utf-8")
    assert "@import" not in sheet
    assert "@font-face" not in sheet
    assert set(re.findall(r"url\([\"']?([a-z]+:)?", sheet)) == {"data:"}


def test_every_bundled_package_is_named_with_its_licence() -> None:
    text = (BUILT / "licenses.txt").read_text("utf-8")
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted
    assert [name for name, version in wanted.items() if f"{name} {version} (" not in text] == []
    assert "Permission is hereby granted" in text
    assert "Apache License" in text


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_it_stays_light_on_the_wire(name: str, limit: int) -> None:
    assert len(gzip.compress((BUILT / manifest()["files"][name]).read_bytes())) < limit
