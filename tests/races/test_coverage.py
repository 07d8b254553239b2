"""Nothing that changes something is left out of the races: operations of the services, and routes that are posted to."""

import ast
from collections.abc import Iterator
from pathlib import Path

from backing.operations import OPERATIONS
from backing.world import Towns

SERVICES = Path(__file__).parents[2] / "core" / "renda" / "services"
TAKES = ("chain.lock", "chain.hold", "session.add", "session.delete")
NAMES = frozenset({"insert", "update", "delete", "lock_row", "lock_rows", "find_to_change"})
# What is no operation of its own: it is called by one that has locked, or it is raced by another name.
PARTS = {
    "ballots.by_hand.forget": "part of the close",
    "benches.preparing.keep": "part of preparing",
    "chain.enter": "adds the entry of an operation",
    "chain.lock": "the lock itself",
    "heads.lock": "the lock itself",
    "heads.write": "adds the entry of an operation",
    "kept_rules.raise_generation": "one statement that adds one to what is there",
    "locking.lock_row": "the lock itself",
    "meetings.roster.fill": "part of convening and opening",
    "questionnaires.answering.check_open": "part of answering",
    "questionnaires.finding.find": "the lock itself",
    "reading.find": "the lock itself",
    "roster_entries.entered": "adds the entry of an operation",
    "scores.add": "part of an action and of rescoring",
    "sessions.begin": "a new row with a random mark",
    "sessions.end": "one statement; who comes second finds nothing to end",
    "sessions.end_all": "one statement; who comes second finds nothing to end",
    "sessions.end_one": "one statement; who comes second finds nothing to end",
    "upkeep.issue": "part of an action",
}
# By which operation what is posted to a route is raced; test_doors.py goes through the routes of matters themselves.
# Who signs out or ends sessions deletes rows by one statement: nothing is read before.
ROUTES = {
    "api.act_on_matter": "matters.act",
    "api.answer_questionnaire": "questionnaires.answering.answer",
    "api.bring_table": "tables.bringing.bring",
    "api.cast_ballot": "ballots.casting.vote",
    "api.open_matter": "matters.act",
    "api.close_ballot": "ballots.closing.close",
    "api.open_ballot": "ballots.opening.open_ballot",
    "api.publish_meeting": "meetings.publication.publish",
    "api.run_ballot": "ballots.closing.close",
    "api.send_notice": "notices.send",
    "api.sign_in_to_meeting": "meetings.attendance.sign_in",
    "district.account": "password_change.change_password",
    "district.acting": "matters.act",
    "district.arrive": "meetings.attendance.sign_in_by_slip",
    "district.ballot": "ballots.opening.open_ballot",
    "district.cast": "ballots.casting.vote",
    "district.convening": "meetings.convening.convene",
    "district.count": "ballots.by_hand.enter_count",
    "district.meeting_deed": "meetings.convening.close",
    "district.new_ballot": "ballots.benches.preparing.prepare",
    "district.notice": "notices.send",
    "district.opening": "matters.act",
    "district.own_sessions": "",
    "district.questionnaire": "questionnaires.answering.answer",
    "district.questionnaire_deed": "questionnaires.counting.count",
    "district.seat": "meetings.attendance.sign_in_at_seat",
    "district.sign_in": "signing_in.sign_in",
    "district.sign_out": "",
    "district.signing_in": "meetings.attendance.sign_in_by_code",
    "district.sitting_ballots": "ballots.sittings.list_in",
    "district.table": "tables.bringing.bring",
    "host.change_calendar": "calendar_changes.change_calendar",
    "host.sign_in": "signing_in.sign_in",
    "host.sign_out": "",
}


def changing() -> Iterator[str]:
    """The public functions of the services that lock, add or delete, by module and name."""
    for path in sorted(SERVICES.rglob("*.py")):
        module = ".".join(path.relative_to(SERVICES).with_suffix("").parts).removesuffix(".__init__")
        for function in ast.parse(path.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
                if any(ast.unparse(call).endswith(TAKES) or ast.unparse(call) in NAMES for call in calls):
                    yield f"{module}.{function.name}"


def raced() -> set[str]:
    """The functions that are raced, as ``changing`` calls them."""
    return {each.covers.removeprefix("ballots.") if "benches" in each.covers else each.covers for each in OPERATIONS}


def test_every_operation_that_changes_something_is_raced() -> None:
    found = set(changing())
    left_out = found - raced() - PARTS.keys()

    assert left_out == set(), f"add them to tests/backing/operations.py: {sorted(left_out)}"
    assert PARTS.keys() <= found


def test_every_route_that_is_posted_to_is_raced(local_towns: Towns) -> None:
    posted = {
        rule.endpoint
        for rule in local_towns.app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    covered = {each.covers for each in OPERATIONS} | {""}

    assert posted - ROUTES.keys() == set(), "say here, and race, what is posted to"
    assert set(ROUTES.values()) <= covered
