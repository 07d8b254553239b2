"""What was done to matters, replayed from spreadsheets through the one door. Each row is one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renda.errors import RendaError, declare
from renda.kinds import Action
from renda.model import MatterRow
from renda.rulebook import InForce
from renda.services.desk import Desk
from renda.services.imports import ballots, questionnaires, sittings
from renda.services.imports.deeds import Deed, Replay, rows_of_folder
from renda.services.imports.tables import Mistakes, Row, wrong
from renda.services.matters import act

declare(
    {
        "import.unknown_practice": "没有“{code}”这个做法。已有:{allowed}。文件夹要用做法的代码命名。",
        "import.unknown_action": "“{practice}”没有“{action}”这个动作。可用的动作:{allowed}。",
    }
)

FIXED = ("day", "actor", "action", "ref", "parent")


BESIDE = {ballots.FOLDER, questionnaires.FOLDER, sittings.FOLDER}
"""Folders that are no practice's."""


@dataclass(frozen=True)
class Act(Deed):
    """One row: an action on the matter its ``ref`` names, or one that opens it."""

    def take(self, replay: Replay, desk: Desk) -> int:
        """See ``Deed``."""
        ref = self.row.text("ref")
        actor = replay.actor(self.row, "actor")
        number = replay.references.known(self.practice, ref) if ref else None
        outcome = act(
            desk,
            actor,
            self.row.text("action"),
            self._entries(replay, desk, number),
            matter=number,
            practice=self.practice if number is None else None,
            parent=self._parent(replay) if number is None else None,
            submission=self.submission,
        )
        return outcome.matter_id

    def _parent(self, replay: Replay) -> int | None:
        ref = self.row.text("parent")
        return replay.references.matter(self.practice, ref, "parent") if ref else None

    def _entries(self, replay: Replay, desk: Desk, number: int | None) -> Mapping[str, Any]:
        found = candidates(desk.rulebook.practice_on(self.practice, self.day), self.row)
        if number is None:
            meant = next((each for each in found if each.when is None), None)
            if meant is None:
                raise wrong("ref", "import.unknown_ref", ref=self.row.text("ref"))
        else:
            kind = desk.session.get_one(MatterRow, number).kind
            meant = next((each for each in found if each.kind == kind), found[0])
        form = {} if meant.form is None else meant.form().fields
        named = {str(field.metadata.get("label", name)): name for name, field in form.items()}
        entries: dict[str, Any] = {}
        for column, text in self.row.cells.items():
            if column in FIXED or not text:
                continue
            name = column if column in form else named.get(column, column)
            entries[name] = replay.references.entry(form.get(name), text, self.practice, column)
        return entries


def read(desk: Desk, folder: Path, mistakes: Mistakes) -> Iterator[Act]:
    """All rows of all practices."""
    for inside in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in BESIDE):
        with mistakes.at(inside.name):
            if inside.name not in desk.rulebook.versions:
                allowed = "、".join(desk.rulebook.versions) or "—"
                raise RendaError("import.unknown_practice", code=inside.name, allowed=allowed)
            for order, row in rows_of_folder(folder, inside.name, mistakes, ("day", "actor", "action")):
                with mistakes.at(row.file, row.line):
                    day = row.day("day")
                    candidates(desk.rulebook.practice_on(inside.name, day), row)
                    row.text("actor", required=True)
                    yield Act(day, order, inside.name, row)


def candidates(rules: InForce, row: Row) -> list[Action]:
    """The actions a row may mean: those of that name or label, of whatever kind."""
    name = row.text("action", required=True)
    every = [each for kind in rules.practice.kind_of.values() for each in kind.actions.values()]
    found = [each for each in every if name in (each.name, each.label)]
    if not found:
        allowed = "、".join(each.label for each in every)
        raise wrong("action", "import.unknown_action", practice=rules.version.title, action=name, allowed=allowed)
    return found
