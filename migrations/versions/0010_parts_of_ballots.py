"""Secret ballots that were counted before lose what tells papers of paper from electronic ones.

What the record (``event``) says of them stays: it is a chain. Rows that were overwritten lie in the database's files and
its log until a VACUUM and until the log is recycled.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("ballot", "elector", "roll", "paper")

ballot = sa.table(
    "ballot", sa.column("id"), sa.column("district_id"), sa.column("secrecy"), sa.column("result", JSON),
    sa.column("published", JSON), sa.column("hand_counts", JSON),
)  # fmt: skip
elector = sa.table("elector", sa.column("ballot_id"), sa.column("way"))
roll = sa.table("roll", sa.column("ballot_id"), sa.column("way"))
paper = sa.table(
    "paper", sa.column("district_id"), sa.column("id"), sa.column("ballot_id"), sa.column("content", JSON),
    sa.column("person_id"),
)  # fmt: skip


def upgrade() -> None:
    remove_parts(op.get_bind())


def downgrade() -> None:
    """What was removed cannot be brought back."""


def remove_parts(connection: sa.Connection) -> int:
    """Remove the parts of every secret ballot with papers of paper; answers with how many there were."""
    _lift_guards(connection)
    found = connection.execute(
        sa.select(ballot.c.id, ballot.c.district_id, ballot.c.result, ballot.c.published)
        .where(ballot.c.secrecy == "secret", ballot.c.result.is_not(None))
        .order_by(ballot.c.id)
    ).all()
    mixed = [row for row in found if row.result and row.result["turnout"].get("paper_issued")]
    for row in mixed:
        papers = connection.scalars(sa.select(paper.c.content).where(paper.c.ballot_id == row.id)).all()
        kept = _joined(row.result["total"], papers)
        # All are written anew: rows that were only added would lie behind the others, in a later transaction.
        connection.execute(sa.delete(paper).where(paper.c.ballot_id == row.id))
        own = {"district_id": row.district_id, "ballot_id": row.id, "person_id": None}
        fresh = sorted(
            ({**own, "id": secrets.token_hex(16), "content": each} for each in kept), key=lambda new: new["id"]
        )
        if fresh:
            connection.execute(sa.insert(paper), fresh)
        for table in (elector, roll):
            connection.execute(sa.update(table).where(table.c.ballot_id == row.id).values(way=""))
        changed = {"result": _whole(row.result), "hand_counts": {}}
        if row.published:
            changed["published"] = _whole(row.published)
        connection.execute(sa.update(ballot).where(ballot.c.id == row.id).values(**changed))
    return len(mixed)


def _lift_guards(connection: sa.Connection) -> None:
    """Let the owner change every row; ``renda.migrate.guard`` makes the guards again after the last migration."""
    for table in TABLES:
        if connection.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS append_only_{table}_{verb}"))
        else:
            connection.execute(sa.text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))


def _joined(total: Any, papers: Sequence[Any]) -> list[dict[str, Any]]:
    """The papers of both ways, alike in form; none where papers are whole, since marks alone were counted by hand."""
    if not isinstance(total, list):
        return []
    counted = Counter((each["subject"], (each["marks"] or [None])[0]) for each in papers)
    kept = []
    for row in total:
        marks = {**row["marks"], "": row["void"], None: row["blank"]}
        for mark, number in marks.items():
            more = max(0, number - counted[row["subject"], mark])
            whole = {"subject": row["subject"], "marks": [] if mark is None else [mark]}
            kept += [whole] * (counted[row["subject"], mark] + more)
    return kept


def _whole(said: dict[str, Any]) -> dict[str, Any]:
    """A result, or what was published of it, without parts. ``parts_removed``: its digest in the record no longer fits."""
    people = said["turnout"]
    missing = people["issued"] - people["returned"]
    turnout = {name: people[name] for name in ("members", "present", "issued", "returned")} | {"not_pressed": missing}
    whole = {**said, "turnout": turnout, "subtotals": None, "parts_removed": True}
    if said.get("stands"):
        whole["checks"] = said["checks"][-1:]
    total = said.get("total")
    if isinstance(total, dict):
        inner = total.get("papers", total)
        bare = {**inner, "reasons": {}}
        whole["total"] = {**total, "papers": bare} if "papers" in total else bare
    subjects = said["subjects"]
    if isinstance(subjects, dict):
        whole["subjects"] = {code: _decided(each, missing) for code, each in subjects.items()}
    else:
        whole["subjects"] = [
            {**line, "figures": _decided(line["figures"], missing)} if "figures" in line else line for line in subjects
        ]
    return whole


def _decided(figures: dict[str, Any], missing: int) -> dict[str, Any]:
    decided = dict(figures)
    if "not_pressed" in decided:
        decided["not_pressed"] = missing
    if isinstance(decided.get("turnout"), dict):
        decided["turnout"] = {**decided["turnout"], "not_pressed": missing}
    return decided
