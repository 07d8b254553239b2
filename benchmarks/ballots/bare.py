"""The least a server can do: a signed cookie is checked and the same row is written, by plain psycopg or sqlite3."""

from __future__ import annotations

import base64
import hashlib
import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.engine import make_url

URL = make_url(os.environ.get("RENDA_DATABASE_URL", "sqlite://"))
DISTRICT, BALLOT = int(os.environ.get("BARE_DISTRICT", "0")), int(os.environ.get("BARE_BALLOT", "0"))
SIGNER = URLSafeSerializer("bare")
ROW = "insert into envelope (district_id, ballot_id, person_id, sealed, submission) values "

app = Flask("bare")
_own = threading.local()
_one_writer = threading.Lock()


def _postgresql(values: tuple[Any, ...]) -> None:
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(host=str(URL.query["host"]), user=URL.username, dbname=URL.database)
    with _own.connection.transaction():
        _own.connection.execute("select set_config('app.district', %s, true)", (str(DISTRICT),))
        _own.connection.execute(ROW + "(%s, %s, %s, %s, %s)", values)


def _sqlite(values: tuple[Any, ...]) -> None:
    with _one_writer:
        if "connection" not in globals():
            made = sqlite3.connect(URL.database or "", isolation_level=None, check_same_thread=False)
            made.create_function("current_district", 0, lambda: DISTRICT)
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                made.execute(f"PRAGMA {pragma}")
            globals()["connection"] = made
        connection: sqlite3.Connection = globals()["connection"]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(ROW + "(?, ?, ?, ?, ?)", values)
        connection.execute("COMMIT")


@app.post("/cast")
def cast() -> tuple[dict[str, str], int]:
    """One vote."""
    try:
        person = int(SIGNER.loads(request.cookies.get("who", "")))
    except BadSignature:
        return {"answer": "nobody"}, 403
    said = request.get_json()
    submission = hashlib.sha256(said["submission"].encode()).digest()
    values = (DISTRICT, BALLOT, person, base64.b64decode(said["envelope"]), submission)
    (_sqlite if URL.get_backend_name() == "sqlite" else _postgresql)(values)
    return {"answer": "counted"}, 200
