"""One practice's part of a district's demo, in a database of its own, and what a visitor reads of it."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from renda.matter import Matter
from renda.services.imports import import_folder
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite
from renda.web.app import create_app

DISTRICTS = Path(__file__).parents[2] / "districts"


def played(
    slug: str, *practices: str, ballots: str = "", questionnaires: str = "", day: date = date(2026, 11, 22)
) -> World:
    """The district's roster, the acts of these practices alone, and what the files hold that ``ballots`` and
    ``questionnaires`` match."""
    folder = Path(tempfile.mkdtemp(prefix="renda-demo-"))
    data = part_of(slug, folder, *practices, ballots=ballots, questionnaires=questionnaires)
    world = World(fresh_sqlite(folder), DISTRICTS, slug, day=day)
    with world.writing() as desk:
        import_folder(desk, data)
    return world


def part_of(slug: str, folder: Path, *practices: str, ballots: str = "", questionnaires: str = "") -> Path:
    """The folder of the part of a district's demo that ``played`` imports."""
    data = folder / "data"
    data.mkdir()
    for roster in (DISTRICTS / slug / "data").glob("*.csv"):
        shutil.copy(roster, data)
    for practice in practices:
        shutil.copytree(DISTRICTS / slug / "data" / practice, data / practice)
    if ballots:
        shutil.copytree(DISTRICTS / slug / "data" / "meetings", data / "meetings")
        (data / "ballots").mkdir()
        for counts in (DISTRICTS / slug / "data" / "ballots").glob(ballots):
            shutil.copy(counts, data / "ballots")
    if questionnaires:
        (data / "questionnaires").mkdir()
        for counts in (DISTRICTS / slug / "data" / "questionnaires").glob(questionnaires):
            shutil.copy(counts, data / "questionnaires")
    return data


def sheets(world: World, practice: str, since: date, until: date) -> dict[str, Any]:
    """The practice's sheets by their codes; none may have failed."""
    with world.reading() as desk:
        answers = ask(desk, "sheets", world.day, since=since, until=until, records=DistrictRecords(desk))
        found = next(each for each in answers if each.rules.code == practice)
    assert found.failure is None
    return {sheet.code: sheet for sheet in found.said}


def figures(sheet: Any) -> dict[str, Any]:
    """A sheet's figures by their labels."""
    return {figure.label: figure.value for figure in sheet.figures}


def matters(world: World, practice: str, kind: str) -> list[Matter]:
    """All matters of a kind, oldest first."""
    with world.reading() as desk:
        return list(DistrictRecords(desk).matters(practice, kind))


def page_text(world: World, path: str) -> str:
    """What a page says to somebody who has not signed in, without its markup."""
    app = create_app(world.installation, secret_key="of a test", secure_cookies=False)
    answer = app.test_client().get(f"/{world.slug}{path}")
    assert answer.status_code == 200, answer.status
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.get_data(as_text=True), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def exact(text: str) -> Decimal:
    """A published number."""
    return Decimal(text)
