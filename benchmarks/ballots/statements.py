"""The same statements by pgbench: what the database itself can do with them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from backing.postgres import APP, Server, programs
from benchmarks.ballots.hall import Hall
from renda.services.benches.finding import lock_key

SCRIPT = r"""\set number :number + 1
\set person 1000000 * (:client_id + 1) + :number
BEGIN;
SELECT set_config('app.district', '{district}', true);
SELECT pg_advisory_xact_lock_shared({lock});
SELECT ballot.state, ballot.press, ballot.question, ballot.paper_bytes, elector.way FROM ballot
  LEFT OUTER JOIN elector ON elector.district_id = ballot.district_id AND elector.ballot_id = ballot.id
   AND elector.person_id = :person WHERE ballot.id = {ballot} AND ballot.district_id = {district};
INSERT INTO envelope (district_id, ballot_id, person_id, sealed, submission)
  VALUES ({district}, {ballot}, :person, decode('{sealed}', 'hex'), decode('{mark}', 'hex')) ON CONFLICT DO NOTHING;
COMMIT;
"""


def rate(server: Server, hall: Hall, box: Path, clients: int, seconds: int = 5) -> float | None:
    """Votes a second by pgbench; None where it is not installed. The rows it made are removed."""
    beside = programs() / "pgbench"
    program = beside if beside.exists() else shutil.which("pgbench")
    if program is None:
        return None
    district, database = (
        hall.installation.district_id(hall.slug),
        str(make_url(hall.place.app_url).database),
    )
    values = {
        "district": district,
        "ballot": hall.ballot,
        "lock": lock_key(hall.ballot),
        "sealed": hall.envelopes[0].hex(),
        "mark": "00" * 32,
    }
    script = box / "cast.sql"
    script.write_text(SCRIPT.format(**values), "utf-8")
    command = [
        program, "-n", "-h", server.folder, "-U", APP, "-c", str(clients), "-j", "2", "-T", str(seconds),
        "-D", "number=0", "-f", script, database,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found is not None, done.stdout
    with hall.installation.writing(hall.slug) as desk:
        desk.session.connection().exec_driver_sql("delete from envelope where person_id > 1000000")
    return float(found[1])
