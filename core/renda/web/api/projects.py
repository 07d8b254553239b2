"""The projects of a district."""

from __future__ import annotations

from typing import Any

from renda.matter import Project
from renda.model import ProjectRow
from renda.services import projects
from renda.web.api import told
from renda.web.api.door import Answer, Call, endpoint
from renda.web.api.lists import after, items


@endpoint("/projects", parameters=("after", "limit"))
def list_projects(call: Call) -> Answer:
    """Projects by number."""
    return items(call, "projects", [_project(projects.view(row)) for row in after(call, ProjectRow)])


@endpoint("/projects/<int:number>")
def get_project(call: Call, number: int) -> Answer:
    """One project."""
    return _project(projects.view(projects.find(call.desk, number)))


def _project(found: Project) -> dict[str, Any]:
    return {
        "id": found.id,
        "code": found.code,
        "name": found.name,
        "organ": None if found.organ is None else told.party(found.organ),
        "year": found.year,
        "budget": None if found.budget is None else str(found.budget),
        "stage": found.stage,
        "due_on": None if found.due_on is None else found.due_on.isoformat(),
    }
