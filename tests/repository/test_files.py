"""Habits of the repository that a reviewer would otherwise have to remember."""

import json
import re
from pathlib import Path

from backing.repository import ROOT, files, read

LONGEST = 250
SOURCES = {".py", ".js", ".css", ".html"}

# Put together here, so that this file does not fail its own tests.
INDEXES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmmirror", "com"))
]
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|tmp|home)/\w")
ADDRESS = re.compile(r"https?://([^\s/\"'`<>)}\]|:]+)")
# Loopback; addresses and names reserved for examples; names of XML vocabularies and of licences, which nobody fetches.
HOSTS = re.compile(
    r"127\.0\.0\.1|203\.0\.113\.\d+|localhost|(.+\.)?example(\.(org|com|net))?|.+\.(test|invalid)|www\.w3\.org|www\.apache\.org|\[::1|\{.*|\$.*"
)


def test_no_source_file_is_longer_than_250_lines() -> None:
    sources = [
        path for path in files() if path.suffix in SOURCES and path.parts[0] in {"core", "plugins", "hatch_build.py"}
    ]
    lengths = {str(path): read(path).count("\n") for path in sources}
    assert lengths
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_file_holds_the_address_of_a_package_index() -> None:
    assert [(str(path), index) for path in files() for index in INDEXES if index in read(path)] == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    found = [(str(path), match[0]) for path in files() for match in MACHINE_PATH.finditer(read(path))]
    assert found == []


def test_no_file_points_to_another_host() -> None:
    found = [
        (str(path), match[0])
        for path in files()
        # The text of a licence is nobody's to change.
        if path.name not in {"package-lock.json", "LICENSE"}
        for match in ADDRESS.finditer(read(path))
        if not HOSTS.fullmatch(match[1])
    ]
    assert found == []


def test_the_locked_front_end_packages_have_digests_and_no_addresses() -> None:
    packages = json.loads(read(Path("package-lock.json")))["packages"]
    bundled = {name: entry for name, entry in packages.items() if name}
    assert bundled
    assert [name for name, entry in bundled.items() if "resolved" in entry] == []
    assert [name for name, entry in bundled.items() if "integrity" not in entry] == []


def test_every_file_ends_with_a_line_end_and_has_no_carriage_returns() -> None:
    texts = {path: (ROOT / path).read_bytes() for path in files()}
    assert [str(path) for path, text in texts.items() if text and not text.endswith(b"\n")] == []
    assert [str(path) for path, text in texts.items() if b"\r" in text and "bad" not in path.parts] == []
