"""A district of the demonstration with a few of its practices and nothing of the others: quick to import."""

import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

from renda.services.imports import import_folder
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[2] / "districts"
BESIDE = {"ballots", "meetings"}


def alone(folder: Path, slug: str, practices: Collection[str], ballots: str = "") -> World:
    """The district with its roster, these practices' files and data, and ballots whose file name says ``ballots``."""
    data, rules = folder / "data", folder / "districts" / slug
    shutil.copytree(DISTRICTS / slug / "data", data)
    for other in data.iterdir():
        if other.is_dir() and other.name not in {*practices, *(BESIDE if ballots else ())}:
            shutil.rmtree(other)
    for file in data.glob("ballots/*"):
        if not ballots or ballots not in file.name:
            file.unlink()
    rules.mkdir(parents=True)
    for name in ("district", *practices):
        shutil.copyfile(DISTRICTS / slug / f"{name}.toml", rules / f"{name}.toml")
    world = World(fresh_sqlite(folder), rules.parent, slug, day=date(2026, 11, 22))
    with world.writing() as desk:
        import_folder(desk, data)
    return world
