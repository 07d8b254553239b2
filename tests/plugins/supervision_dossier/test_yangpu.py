"""杨浦: every head was appraised within the term, and the dossier of each says so."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from backing.alone import alone
from renda.services.questions import ask
from renda.services.reading import DistrictRecords
from renda.services.visible_records import dossier
from renda.testing.factories import World


@pytest.fixture(scope="module")
def yangpu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    practices = ("duty_appraisal", "supervision_dossier")
    world = alone(tmp_path_factory.mktemp("yangpu"), "yangpu", practices, "测评")
    yield world
    world.close()


def test_with_the_fifth_batch_all_heads_are_covered(yangpu: World) -> None:
    with yangpu.reading() as desk:
        days = {"since": date(2021, 1, 1), "until": date(2021, 12, 31)}
        answers = ask(desk, "sheets", yangpu.day, **days, records=DistrictRecords(desk))
        sheet = next(each for some in answers for each in some.said if each.code == "coverage")
    assert sheet.figures[0].value == Decimal("100.0")
    part, whole = sheet.figures[0].parts[0].parts
    assert part.value == whole.value == len(sheet.rows) == 21


def test_a_head_reads_the_own_appraisal_and_what_came_of_it(yangpu: World) -> None:
    person = yangpu.person("负责人乙十")
    with yangpu.reading() as desk:
        viewer = yangpu.actor("department", person=person)
        answers = dossier(desk, viewer, person)
        section = next(part for each in answers for part in each.said if part.title == "任后监督档案")
    assert "工作约谈:履职评议中指出的薄弱环节进展缓慢(已办结);整改到位" in [entry.text for entry in section.entries]
    assert any(entry.text.startswith("履职评议:") for entry in section.entries)
