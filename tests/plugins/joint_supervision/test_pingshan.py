"""坪山's joint supervision gives the figures the article prints, as numbers alone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from backing.demo import figures, matters, page_text, played, sheets
from renda.services import chain
from renda.testing.factories import World

CODE = "joint_supervision"
UNTIL = (date(2021, 1, 1), date(2021, 7, 31))
PUBLISHED = {
    "线索(条)": 277,
    "其中人大代表提供(条)": 25,
    "提起公益诉讼(件)": 201,
    "发出检察建议书(份)": 73,
    "依法收回土地(宗)": 3,
    "补种树木(株)": 1455,
    "清理非法农耕地(平方米)": 530,
    "推动整改审计问题(项)": 56,
    "挽回国有资产损失(万元)": Decimal("273.28"),
    "推动制定制度(项)": 27,
    "职务违法犯罪调查(件)": 0,
}


@pytest.fixture(scope="module")
def pingshan() -> Iterator[World]:
    """The district's roster and this practice's demo."""
    world = played("pingshan", CODE)
    yield world
    world.close()


def test_277_clues_brought_201_suits_and_the_rest_the_article_prints(pingshan: World) -> None:
    assert figures(sheets(pingshan, CODE, *UNTIL)["results"]) == PUBLISHED


def test_anybody_reads_the_numbers_and_nothing_of_a_clue(pingshan: World) -> None:
    text = page_text(pingshan, f"/sheets/{CODE}/results?since=2021-01-01&until=2021-07-31")
    for figure in ("277", "201", "73", "1455", "530", "56", "273.28", "27"):
        assert figure in text
    clues = matters(pingshan, CODE, "clue")
    assert [each.id for each in clues if each.title in text or each.payload["title"] in text] == []


def test_the_reasons_tell_numbers_with_their_provenance_from_single_clues(pingshan: World) -> None:
    clues = sheets(pingshan, CODE, *UNTIL)["results"].figures[0]
    assert [(each.label, each.value) for each in clues.parts] == [
        ("2019年合计登记", 80),
        ("2019年逐件登记", 0),
        ("2020年合计登记", 104),
        ("2020年逐件登记", 18),
        ("2021年合计登记", 75),
        ("2021年逐件登记", 0),
    ]
    assert "为演示编造" in clues.parts[0].cites[0].text


def test_in_2020_land_was_taken_back_and_one_clue_changed_hands(pingshan: World) -> None:
    clues = [each for each in matters(pingshan, CODE, "clue") if each.opened_on.year == 2020]
    assert sorted({each.state for each in clues}) == ["concluded", "filed"]
    assert [len(each.payload.get("refused_by") or ()) for each in clues].count(1) == 1
    late = [each for each in matters(pingshan, CODE, "outcome") if each.payload["days_late"]]
    assert [each.payload["days_late"] for each in late] == [8]


def test_today_clues_stand_at_every_step(pingshan: World) -> None:
    states = [each.state for each in matters(pingshan, CODE, "clue") if each.opened_on.year == 2026]
    assert sorted(states) == ["accepted", "declined", "registered", "shared", "transferred"]


def test_the_record_is_whole(pingshan: World) -> None:
    with pingshan.reading() as desk:
        assert chain.first_broken(desk) is None
