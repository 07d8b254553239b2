"""Making a demonstration ready: schema, districts, their data, accounts anybody may try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from renda.matter import SYSTEM
from renda.services import accounts, districts
from renda.services.ballots import KeyKeeper
from renda.services.desk import Installation
from renda.services.imports import Imported, Progress, import_folder
from renda.services.passwords import unchecked_hash
from renda.services.questionnaires import finding, opening

PASSWORD = "Renda-demo-1"  # noqa: S105  (printed on the screen; for figures that are invented)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody one may sign in as: the first account of a role."""

    slug: str
    district: str
    role: str
    role_name: str
    login: str


def load(installation: Installation, report: Callable[[str, Progress], None]) -> dict[str, Imported]:
    """Sync the districts and import the data of each that has some; what each import did.

    May be repeated: nothing is doubled, and unchanged files are passed by. ``report`` is told the district
    and how far it has come. Raises ``import.broken``; districts imported before stay.
    """
    districts.sync(installation)
    # One password for all, so one slow hash.
    kept = unchecked_hash(PASSWORD)
    done: dict[str, Imported] = {}
    for slug in installation.rulebooks.slugs():
        folder = installation.rulebooks.root / slug / "data"
        if not folder.is_dir():
            continue
        with installation.writing(slug) as desk:
            done[slug] = import_folder(desk, folder, kept_password=kept, report=partial(report, slug))
    return done


def open_questionnaires(installation: Installation, keys: KeyKeeper) -> int:
    """Open what citizens are asked today and nobody has opened yet; how many those were."""
    opened = 0
    for slug in installation.rulebooks.slugs():
        with installation.writing(slug) as desk:
            for row in finding.listed(desk, SYSTEM):
                if row.state == "prepared" and row.since_on <= desk.day <= row.until_on:
                    opening.open_questionnaire(desk, SYSTEM, row.id, keys=keys)
                    opened += 1
    return opened


def sign_ins(installation: Installation, slug: str) -> list[SignIn]:
    """One account for each role of a district that somebody holds."""
    found: dict[str, SignIn] = {}
    with installation.reading(slug) as desk:
        district = desk.rulebook.district
        for row in sorted(accounts.everyone(desk), key=lambda each: len(each.roles)):
            if row.disabled:
                continue
            for role in row.roles:
                found.setdefault(role, SignIn(slug, district.name, role, district.roles[role], row.login))
    return [found[role] for role in accounts.GRANTABLE if role in found]
