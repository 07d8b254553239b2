"""江北's rules for grading key projects, alone in a district."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
ASPECTS = ("decision", "funds", "systems", "benefits")


def alone(folder: Path) -> Path:
    """A folder of districts with 江北 and this practice alone."""
    place = folder / "districts" / "jiangbei"
    place.mkdir(parents=True)
    for name in ("district.toml", "project_performance.toml"):
        shutil.copy(DISTRICTS / "jiangbei" / name, place)
    return place.parent


def points(*given: object) -> list[dict[str, Any]]:
    return [{"aspect": aspect, "points": str(each)} for aspect, each in zip(ASPECTS, given, strict=False)]


class Year:
    """One project led from the list to its grade."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.organ = world.organ("住建局")
        self.unit = world.actor("department", organ=self.organ)
        bureaus = {"finance": world.organ("财政局").id, "audit": world.organ("审计局").id}
        plan = {"year": 2020, "institution": "某事务所", **bureaus}
        self.round = world.act(self.clerk, "begin", plan, practice="project_performance").matter_id

    def list_project(self, name: str = "建校", **entries: Any) -> int:
        subject = {"project": self.world.project(name, "住建局").id, **entries}
        return self.act(self.clerk, "list_project", subject, parent=self.round, practice="project_performance")

    def act(self, actor: Any, action: str, entries: Any = None, **where: Any) -> int:
        return self.world.act(actor, action, entries or {}, **where).matter_id

    def to_rating(self, number: int, *third: object) -> Any:
        """Up to the invitation of an expert and a deputy; their sheets, by side."""
        report = {"points": points(*third), "document": "报告"}
        self.act(self.clerk, "take_report", report, matter=number)
        self.act(self.clerk, "check_funds", {"finance_found": "相符"}, matter=number)
        self.act(self.clerk, "audit_funds", {"audit_found": "相符", "audit_problems": ["决算滞后"]}, matter=number)
        invited = {"experts": [self.world.person("专家").id], "deputies": [self.world.deputy("代表甲").id]}
        self.act(self.clerk, "invite", invited, matter=number)
        return {each.payload["side"]: each.id for each in self.world.matter(number).children("rating")}

    def graded(self, number: int, third: Any, expert: Any, deputy: Any) -> Any:
        sheets = self.to_rating(number, *third)
        for side, given in (("expert", expert), ("deputy", deputy)):
            said = {"given": points(*given), "opinion": "如上"}
            self.act(self.clerk, "rate", said, matter=sheets[side])
        self.act(self.chair, "settle", matter=number)
        return self.world.matter(number)


@pytest.fixture
def year(tmp_path: Path) -> Any:
    world = World(fresh_sqlite(tmp_path), alone(tmp_path), "jiangbei", day=date(2020, 9, 1))
    yield Year(world)
    world.close()
