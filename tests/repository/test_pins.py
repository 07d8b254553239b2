"""constraints.txt holds a pin for everything pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from backing.repository import read

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?P<marker> ; .+)?$")


def project() -> dict[str, Any]:
    return tomllib.loads(read(Path("pyproject.toml")))


def pins() -> dict[str, str]:
    lines = [line for line in read(Path("constraints.txt")).splitlines() if line and not line.startswith("#")]
    matches = [(line, PIN.match(line)) for line in lines]
    assert [line for line, match in matches if not match] == []
    return {canonicalize_name(match["name"]): match["version"] for _, match in matches if match}


def requirements() -> list[Requirement]:
    about = project()
    extras = [one for extra in about["project"]["optional-dependencies"].values() for one in extra]
    every = [*about["build-system"]["requires"], *about["project"]["dependencies"], *extras]
    return [found for text in every if (found := Requirement(text)).name != about["project"]["name"]]


def test_every_requirement_has_a_pin_that_it_allows() -> None:
    pinned = pins()
    wrong = [str(one) for one in requirements() if pinned.get(canonicalize_name(one.name), "0") not in one.specifier]
    assert wrong == []


def test_every_requirement_says_its_oldest_version() -> None:
    assert [str(one) for one in requirements() if not re.search(r">=\d", str(one.specifier))] == []


def test_what_is_needed_to_build_is_in_the_environment_too() -> None:
    about = project()
    dev = {Requirement(text).name for text in about["project"]["optional-dependencies"]["dev"]}
    assert {Requirement(text).name for text in about["build-system"]["requires"]} <= dev
