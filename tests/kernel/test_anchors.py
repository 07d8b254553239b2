"""Anchors: what was rewritten in the database, seals included, is found by what was kept outside of it."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from kernel.conftest import Town, Towns, refusal
from sqlalchemy import select, text

from backing.databases import Database
from backing.owner import by_the_owner
from renda.model import EventRow, RowChangeRow
from renda.sealing import Signer, signer_in
from renda.services import anchors, chain, record_check, row_log, security_log
from renda.services.checking import check
from renda.services.row_check import RowCheck
from renda.services.signing_keys import PublicKey

TABLES: dict[str, tuple[str, str, Any, Any]] = {
    "audit": ("event", "chain_head", EventRow, chain.digest_of),
    "rows": ("row_change", "row_change_head", RowChangeRow, row_log.digest_of),
}


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return signer_in(tmp_path / "signing.key")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "anchors.jsonl"


@pytest.fixture
def town(towns: Towns) -> Town:
    towns.jia.closed()
    return towns.jia


def codes(town: Town, file: Path) -> list[str]:
    anchored = anchors.read(file)
    found = check(town.installation, town.slug, anchored=anchored, own_keys=[PublicKey(anchored[-1].key)])
    return [each.code for each in found if each.grave == "mistake"]


def unanchored(town: Town) -> list[str]:
    with town.reading() as desk:
        return [each.code for each in record_check.mistakes(desk, RowCheck())]


def anchored(town: Town, signer: Signer, file: Path) -> anchors.Anchor:
    made = anchors.append(town.installation, signer, file)
    assert made is not None
    return made


def computed_again(town: Town, database: Database, log: str, number: int) -> None:
    """Change an entry and compute everything after it again, as the owner can, the head included."""
    table, heads, rows, digest_of = TABLES[log]
    change = {"audit": "actor = '别人'", "rows": "event_number = 77"}[log]
    with by_the_owner(database) as connection:
        connection.execute(text(f"UPDATE {table} SET {change} WHERE number = {number} AND district_id = 1"))
    with town.reading() as desk:
        listed = list(desk.session.scalars(select(rows).order_by(rows.number)))
        previous = ""
        for row in listed:
            row.previous = previous
            row.digest = previous = digest_of(row)
        sealed = [(row.number, row.previous, row.digest) for row in listed]
        desk.session.expunge_all()
    with by_the_owner(database) as connection:
        statement = f"UPDATE {table} SET previous = :p, digest = :d WHERE number = :n AND district_id = 1"
        for number_, before, digest in sealed:
            connection.execute(text(statement), {"n": number_, "p": before, "d": digest})
        connection.execute(text(f"UPDATE {heads} SET digest = :d WHERE district_id = 1"), {"d": sealed[-1][2]})


def test_a_log_as_it_was_anchored_has_no_mistake(town: Town, signer: Signer, file: Path) -> None:
    anchored(town, signer, file)
    town.propose("后来的")
    anchored(town, signer, file)
    assert codes(town, file) == []


@pytest.mark.parametrize("log", TABLES)
def test_a_chain_that_was_computed_again_is_found(
    town: Town, database_url: Database, signer: Signer, file: Path, log: str
) -> None:
    anchored(town, signer, file)
    town.propose("后来的")
    computed_again(town, database_url, log, 2)
    assert unanchored(town) == [], "the chain alone looks whole"
    assert codes(town, file) == ["anchors.rewritten"]


@pytest.mark.parametrize("log", TABLES)
def test_an_end_that_was_cut_with_its_head_is_found(
    town: Town, database_url: Database, signer: Signer, file: Path, log: str
) -> None:
    anchored(town, signer, file)
    table, heads, _, _ = TABLES[log]
    with by_the_owner(database_url) as connection:
        connection.execute(text(f"DELETE FROM {table} WHERE number > 2 AND district_id = 1"))
        last = f"(SELECT digest FROM {table} WHERE number = 2 AND district_id = 1)"
        connection.execute(text(f"UPDATE {heads} SET number = 2, digest = {last} WHERE district_id = 1"))
    assert "anchors.cut" in codes(town, file)
    assert {"check.chain", "check.row_chain"}.isdisjoint(unanchored(town)), "the chain alone looks whole"


def test_a_security_log_that_was_cut_is_found(town: Town, database_url: Database, signer: Signer, file: Path) -> None:
    with town.installation.store.writing(1) as session:
        security_log.append(session, town.installation.clock(), "sign_in.failed", actor="chair")
    with town.installation.store.hosting() as session:
        security_log.append(session, town.installation.clock(), "sign_in.failed", actor="root")
    anchored(town, signer, file)
    with by_the_owner(database_url) as connection:
        for prefix in ("", "host_"):
            connection.execute(text(f"DELETE FROM {prefix}security_entry"))
            connection.execute(text(f"UPDATE {prefix}security_head SET number = 0, digest = ''"))
    assert codes(town, file) == ["anchors.cut"]
    found = check(town.installation, anchored=anchors.read(file), own_keys=[PublicKey(signer.public.hex())])
    assert [each.code for each in found if each.district in {"", "jia"} and each.code] == ["anchors.cut"] * 2


def test_a_district_that_is_gone_is_found(town: Town, signer: Signer, file: Path) -> None:
    anchored(town, signer, file)
    lines = anchors.read(file)
    gone = [anchors.Anchor(1, lines[0].at, {"ding": lines[0].districts["jia"]}, (0, ""), lines[0].key)]
    found = check(town.installation, anchored=gone, own_keys=[PublicKey(signer.public.hex())])
    assert "anchors.gone" in {each.code for each in found if each.district == "ding"}


@pytest.mark.parametrize("what", ["number", "at", "districts", "host", "previous", "key", "signature"])
def test_a_changed_line_is_found(town: Town, signer: Signer, file: Path, what: str) -> None:
    for _ in range(2):
        anchored(town, signer, file)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    other = {"number": 3, "at": "2020-01-01T00:00:00+00:00", "districts": {}, "host": [1, "x"]}
    lines[1][what] = other[what] if what in other else "0" * len(lines[1][what])
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    refused = refusal(lambda: anchors.read(file))
    assert (refused.code, refused.values["line"]) == ("anchors.broken", 2)
    assert refusal(lambda: anchored(town, signer, file)).code == "anchors.broken"


@pytest.mark.parametrize("damaged", ["", "null\n", "{}\n", "[1]\n", "{", '{"format":"renda anchors 1"}\n'])
def test_a_damaged_line_is_named(town: Town, signer: Signer, file: Path, damaged: str) -> None:
    anchored(town, signer, file)
    whole = file.read_text("utf-8")
    file.write_text(whole + damaged if damaged else whole.rstrip("\n"), "utf-8")
    refused = refusal(lambda: anchors.read(file))
    assert (refused.code, refused.values["line"]) == ("anchors.line", 2 if damaged else 1)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    assert refusal(lambda: anchors.read(file)).code == "anchors.no_file"


def test_an_archive_adds_no_line_where_nothing_was_done_since(town: Town, signer: Signer, file: Path) -> None:
    def archived() -> anchors.Anchor | None:
        return anchors.append(town.installation, signer, file, slugs=["jia"], news_of=[anchors.AUDIT])

    assert archived() is not None
    assert archived() is None
    town.propose("后来的")
    assert archived() is not None
    assert [sorted(each.districts) for each in anchors.read(file)] == [["jia"], ["jia"]]


def test_lines_of_another_key_are_a_mistake(town: Town, signer: Signer, file: Path, tmp_path: Path) -> None:
    anchored(town, signer, file)
    other = signer_in(tmp_path / "other.key").public.hex()
    found = check(town.installation, "jia", anchored=anchors.read(file), own_keys=[PublicKey(other)])
    # Whoever rewrote the logs could write and sign the file anew: `renda check` must not end as if all were well.
    assert [(each.grave, each.code) for each in found if signer.public.hex() in each.text] == [
        ("mistake", "anchors.foreign")
    ]


# --- time stamps --------------------------------------------------------------------------------------------------

CONFIG = """
[ req ]
distinguished_name = name
x509_extensions = v3
prompt = no
[ name ]
CN = test
[ v3 ]
extendedKeyUsage = critical,timeStamping
[ tsa ]
default_tsa = here
[ here ]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
"""


@pytest.fixture
def tsa(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A time stamp server on this machine, answering with ``openssl ts``: its address and its certificate."""
    openssl, folder = shutil.which("openssl"), tmp_path / "tsa"
    assert openssl is not None
    folder.mkdir()
    config = folder / "openssl.cnf"
    config.write_text(CONFIG.format(folder=folder), "utf-8")
    (folder / "serial").write_text("01\n", "utf-8")
    made: list[Any] = ["-newkey", "rsa:2048", "-nodes", "-keyout", folder / "tsa.key", "-out", folder / "tsa.pem"]
    subprocess.run([str(openssl), "req", "-x509", "-config", config, *made], check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            reply: list[Any] = ["-reply", "-config", config, "-queryfile", folder / "query", "-out", folder / "reply"]
            subprocess.run([str(openssl), "ts", *reply], check=True, capture_output=True)
            self.send_response(200 if self.path == "/ts" else 500)
            self.end_headers()
            self.wfile.write((folder / "reply").read_bytes() if self.path == "/ts" else b"")

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/ts", folder / "tsa.pem"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_time_stamp_is_kept_with_the_anchor(
    town: Town, signer: Signer, file: Path, tsa: tuple[str, Path], tmp_path: Path
) -> None:
    url, certificate = tsa
    made = anchors.append(town.installation, signer, file, stamper=anchors.server_at(url))
    assert made is not None
    assert made.stamped is not None
    assert anchors.read(file)[0].stamped == made.stamped
    line = json.loads(file.read_text("utf-8"))
    (tmp_path / "stamp").write_bytes(bytes.fromhex(line["stamp"]))
    (tmp_path / "data").write_bytes(bytes.fromhex(line["digest"]))
    verify: list[Any] = ["-verify", "-in", tmp_path / "stamp", "-data", tmp_path / "data", "-CAfile", certificate]
    done = subprocess.run([str(shutil.which("openssl")), "ts", *verify], check=False, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout, done.stderr
    line["stamp"] = "00"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    assert refusal(lambda: anchors.read(file)).code in {"anchors.line", "anchors.broken"}


def test_without_an_answer_nothing_is_anchored(town: Town, signer: Signer, file: Path, tsa: tuple[str, Path]) -> None:
    url, _ = tsa
    stamper = anchors.server_at(url.replace("/ts", "/none"))
    refused = refusal(lambda: anchors.append(town.installation, signer, file, stamper=stamper))
    assert refused.code == "anchors.stamp"
    assert file.read_bytes() == b""
    assert refusal(lambda: anchors.server_at("ftp://x")).code == "anchors.url"
