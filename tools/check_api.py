"""schemathesis over every operation of the API, with a token of each role and with none; bounded, and by a seed.

    python tools/check_api.py [--seconds 600] [--seed 1] [--district jiangbei] [--examples 3]

The district's roster and some practices of its demo are played into a database of this run. Each role takes its turn at
each operation while there is time, with requests that the description allows and with some that it does not. A finding is
an answer of 500 and more, a status or media type that is not described, or a body that its schema does not allow. Prints
each with the request that repeats it, and ends with 1 where there is one or an operation was not reached.
"""

import argparse
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi_checks

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from backing.demo import played  # noqa: E402  (the tests' folder is no package of the installation)
from renda.matter import ROLES  # noqa: E402
from renda.model import AccountRow  # noqa: E402
from renda.services import accounts, tokens  # noqa: E402
from renda.services.ballots import FolderKeys  # noqa: E402
from renda.testing.factories import World  # noqa: E402
from renda.web.app import create_app  # noqa: E402

NOBODY = "public"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]
PRACTICES = ("negative_list", "stations")


def main() -> int:
    """Say what was found, and how much was tried."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--district", default="jiangbei")
    asked.add_argument("--examples", type=int, default=3)
    given_options = asked.parse_args()
    warnings.simplefilter("ignore")
    world = played(given_options.district, *PRACTICES)
    app = create_app(
        world.installation, secret_key="of a check", secure_cookies=False, plugins=(),
        keys=FolderKeys(Path(world.store.engine.url.database or "").parent / "keys"),
    )  # fmt: skip
    roles = {role: token_of(world, role) for role in ROLES if role not in {NOBODY, "system"}} | {NOBODY: ""}
    found, tried = checked(app, given_options.district, roles, given_options)
    world.close()
    for role in roles:
        done = [operation for name, operation in tried if name == role]
        print(f"{role:12} {len(done)} operations, {sum(tried[role, each] for each in done)} requests")
    for finding in sorted(found):
        print(f"\n{finding}")
    missing = [operation for (_, operation), number in tried.items() if not number]
    if missing:
        print(f"\nnot reached in time: {len(missing)} of {len(tried)} (role, operation); ask for more --seconds")
    return 1 if found or missing else 0


def token_of(world: World, role: str) -> str:
    """A token of an account that has this role alone; a person or an organ of the roster goes with it."""
    with world.writing() as desk:
        known = next((row for row in accounts.everyone(desk) if role in row.roles and row.person), None)
        held = known or next((row for row in accounts.everyone(desk) if role in row.roles), None)
        row: AccountRow = held or accounts.add(desk, f"check-{role}", role, [role])
        token, _ = tokens.issue(desk, row, "check", ["read", "act"])
    return token


def checked(
    app: Flask, slug: str, roles: dict[str, str], options: argparse.Namespace
) -> tuple[set[str], dict[tuple[str, str], int]]:
    """The findings, and for each role and operation how many requests were made."""
    schema = schemathesis.openapi.from_wsgi(f"/api/{slug}/openapi.json", app)
    operations: list[Any] = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    until = time.monotonic() + options.seconds
    found: set[str] = set()
    tried = {(role, each.label): 0 for role in roles for each in operations}
    for mode, examples in (
        (GenerationMode.POSITIVE, options.examples),
        (GenerationMode.NEGATIVE, options.examples // 2),
    ):
        for operation in operations:
            for role, token in roles.items():
                if time.monotonic() > until:
                    return found, tried
                for finding in failures(operation, mode, Turn(role, token, examples, options.seed, tried)):
                    found.add(f"{role}: {operation.label}: {finding}")
    return found, tried


@dataclass(frozen=True)
class Turn:
    """One role's turn: its token, how many examples, by which seed, and where requests are counted."""

    role: str
    token: str
    examples: int
    seed: int
    tried: dict[tuple[str, str], int]


def failures(operation: Any, mode: GenerationMode, turn: Turn) -> Iterator[str]:
    """What one role finds at one operation, each sort of finding once."""
    headers = {"Authorization": f"Bearer {turn.token}"} if turn.token else {}
    seen: dict[str, str] = {}

    @seed(turn.seed)
    @settings(
        max_examples=turn.examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        turn.tried[turn.role, operation.label] += 1
        response = case.call(headers=headers)
        try:
            case.validate_response(response, checks=CHECKS, headers=headers)
        except AssertionError as failure:
            told = str(failure)
        except BaseExceptionGroup as several:
            told = "; ".join(str(each) for each in several.exceptions)
        else:
            return
        seen.setdefault(told.split("\n")[0], f"{told}\n{case.as_curl_command(headers=headers)[:400]}")

    try:
        ask()
    except Exception as broken:  # noqa: BLE001  (an operation for which nothing can be made is a finding too)
        seen[type(broken).__name__] = repr(broken)[:300]
    yield from seen.values()


if __name__ == "__main__":
    sys.exit(main())
