"""A small review: three heads, three readers, and the verbs the tests use again and again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"
POINTS = {"duty": "36", "law": "18", "congress": "17", "conduct": "9", "writing": "8"}
GIVEN = [{"mark": mark, "points": points} for mark, points in POINTS.items()]


class Reviewed:
    """The review of 2019, begun on 2 March 2020 in 丹江口."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.go_to(date(2020, 3, 2))
        self.clerk, self.chair = world.actor("clerk"), world.actor("chair")
        self.heads = [world.official(f"局长{n}", f"市{n}局") for n in ("甲", "乙", "丙")]
        self.organs = [world.organ(f"市{n}局") for n in ("甲", "乙", "丙")]
        self.readers = [world.deputy(f"委员{n}") for n in ("一", "二", "三")]
        plan = {
            "year": 2019,
            "leader": self.readers[0].id,
            "members": [each.id for each in self.readers[1:]],
            "officials": [each.id for each in self.heads],
        }
        self.review: int = self.by_clerk("成立专班", plan, practice="report_review").matter_id

    def by_clerk(self, action: str, entries: Any = None, **options: Any) -> Any:
        return self.world.act(self.clerk, action, entries or {}, **options)

    def matter(self) -> Any:
        return self.world.matter(self.review)

    def report(self, place: int) -> Any:
        return self.matter().children("report")[place]

    def submit(self, place: int, day: date) -> None:
        self.world.go_to(day)
        actor = self.world.actor("department", organ=self.organs[place])
        self.world.act(actor, "报送履职报告", {"document": "报告"}, matter=self.report(place).id)

    def assign(self, place: int, reader: int) -> int:
        entries = {"reader": self.readers[reader].id}
        number: int = self.by_clerk(
            "指定评阅人", entries, parent=self.report(place).id, practice="report_review"
        ).matter_id
        return number

    def by_reader(self, reader: int, action: str, entries: Any, number: int) -> None:
        self.world.act(self.world.actor("member", person=self.readers[reader]), action, entries, matter=number)

    def read_all(self) -> None:
        """Two readers for each report, opinions handed in, the group meets on 10 April."""
        readings = [(self.assign(place, reader), reader) for place in range(3) for reader in (place, (place + 1) % 3)]
        self.world.go_to(date(2020, 4, 1))
        self.by_clerk("开始分散审阅", matter=self.review)
        for number, reader in readings:
            self.by_reader(reader, "交审阅意见", {"given": GIVEN, "opinion": "好"}, number)
        self.world.go_to(date(2020, 4, 10))
        self.by_clerk("开始集中评阅", matter=self.review)

    def raise_problem(self, place: int, text: str = "写得笼统") -> int:
        number: int = self.by_clerk(
            "登记问题", {"text": text}, parent=self.report(place).id, practice="report_review"
        ).matter_id
        return number

    def judge(self, place: int, quality: str = "qualified", grounds: str = "") -> None:
        said = {"quality": quality, **({"quality_grounds": grounds} if grounds else {})}
        self.by_clerk("评定质量", said, matter=self.report(place).id)
        self.by_clerk("反馈问题清单", matter=self.report(place).id)

    def rectify(self, place: int, number: int) -> None:
        actor = self.world.actor("department", organ=self.organs[place])
        self.world.act(actor, "报告整改结果", {"result": "已改", "evidence": ["台账"]}, matter=number)
        self.by_clerk("核实整改", matter=number)

    def told(self, question: str, **arguments: Any) -> list[Any]:
        with self.world.reading() as desk:
            answers = ask(desk, question, self.world.day, records=DistrictRecords(desk), **arguments)
            assert [each.failure for each in answers] == [None] * len(answers)
            return [each for answer in answers if answer.rules.code == "report_review" for each in answer.said]

    def rates(self) -> dict[str, Any]:
        """The four rates as the sheet has them: name → (part, whole)."""
        sheets = self.told("sheets", since=date(2020, 1, 1), until=date(2020, 12, 31))
        table = next(sheet for sheet in sheets if sheet.code == "rates_2019")
        return {row[0]: (row[1].value, row[2].value) for row in table.rows}

    def facts(self, code: str = "report.*") -> list[tuple[str, str, date]]:
        with self.world.reading() as desk:
            found = DistrictRecords(desk).facts(code, since=date(2020, 1, 1), until=self.world.day)
            return [(fact.code, fact.subject.name, fact.day) for fact in found]


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[Reviewed]:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, "danjiangkou", day=date(2020, 3, 2))
    yield Reviewed(world)
    world.close()
