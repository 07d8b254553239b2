"""Texts that people type are texts wherever they are read: no markup, no formula, no sign that breaks a file."""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from backing.world import Towns
from renda.errors import RendaError
from renda.testing.addresses import Addresses
from renda.testing.factories import World
from renda.testing.need_to_know import Visitor, app_of, visitors

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1")
BREAKING = "破\x01坏\x0b的\x1f字\ufffe符"


@pytest.fixture
def read(towns: Towns) -> dict[str, bytes]:
    """What a clerk reads at every address of a district whose people typed such texts."""
    world = towns.jia.world
    for text in (SCRIPT, *FORMULAS):
        world.deputy(f"{text}代表")
        world.organ(f"{text}局")
        world.project(f"{text}项目", f"{text}局")
        towns.jia.assign(towns.jia.propose(text))
    # Refused is as good as harmless.
    with suppress(RendaError):
        towns.jia.assign(towns.jia.propose(BREAKING))
    return dict(_read(world))


def _read(world: World) -> Iterator[tuple[str, bytes]]:
    app = app_of(world.installation)
    with world.writing() as desk:
        clerk = next(each for each in visitors(desk) if each.login == "crawl-clerk")
    with world.reading() as desk:
        addresses = dict.fromkeys(Addresses(app, desk, "jia").read())
    files = [address.replace("csv", "xlsx") for address in addresses if "csv" in address]
    client = app.test_client()
    for address in (*addresses, *files):
        yield address, _answer(client, clerk, address)
    for number in range(1, 40):
        yield f"/api/jia/notices/{number}.docx", _answer(client, clerk, f"/api/jia/notices/{number}.docx")


def _answer(client: object, clerk: Visitor, address: str) -> bytes:
    with closing(client.get(address, headers=clerk.headers(address))) as answer:  # type: ignore[attr-defined]
        assert answer.status_code < 500 or answer.status_code == 503, f"{address}: {answer.status_code}"
        return b"" if answer.status_code >= 400 else answer.get_data()


def test_no_typed_text_is_markup_formula_or_breaks_a_file_at_any_address(read: dict[str, bytes]) -> None:
    pages = files = tables = 0
    for address, data in read.items():
        if data.startswith(b"PK"):
            files += 1
            for text in _parts(data):
                assert "<script" not in text, address
                assert not re.search(r"<f>|<x:f>", text), f"{address}: a formula"
        elif data.startswith(b"<!doctype html>"):
            pages += 1
            assert b"<script>alert" not in data, address
            assert b"onerror=alert(2)>" not in data, address
        elif "csv" in address and data:
            tables += 1
            for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r")), f"{address}: {cell!r}"
                    assert not re.match(r"-\D|-\d+[^\d.]", cell), f"{address}: {cell!r}"
    assert pages > 20
    assert files > 5
    assert tables > 5


def _parts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        for name in folder.namelist():
            if name.endswith((".xml", ".rels")):
                text = folder.read(name).decode()
                ET.fromstring(text)
                yield text
