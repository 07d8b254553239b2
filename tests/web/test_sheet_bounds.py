"""Tables that anybody may ask for are bounded: whole years, kept, one computed at a time, nobody else delayed."""

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from backing.programs import come
from backing.world import Towns
from renda.services import visible_records
from renda.web import telling


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, date]]:
    """The times for which tables were computed."""
    times: list[tuple[date, date]] = []

    def noted(desk: Any, viewer: Any, since: date, until: date) -> Any:
        times.append((since, until))
        return visible_records.reports(desk, viewer, since, until)

    monkeypatch.setattr("renda.web.telling.reports", noted)
    return times


def test_strangers_have_whole_years_computed_and_each_once(towns: Towns, computed: list[tuple[date, date]]) -> None:
    towns.jia.propose()
    for day in range(1, 29):
        towns.visitor().text(f"/jia/sheets/?since=2020-01-{day:02}&until=2020-02-{day:02}")
        towns.visitor().text(f"/jia/sheets/?since=20{day:02}-01-01&until=9999-12-31")
    whole = {(date(2020, 1, 1), date(2020, 3, 2)), (date(2019, 1, 1), date(2020, 3, 2))}
    assert (set(computed), len(computed)) == (whole, 2)
    assert "2020-01-01 至 2020-03-02" in towns.visitor().text("/jia/sheets/?since=2020-02-02&until=2020-02-03")


def test_tables_are_computed_again_as_soon_as_a_rules_file_has_changed(
    towns: Towns, computed: list[tuple[date, date]]
) -> None:
    towns.jia.propose()
    file = towns.jia.world.installation.rulebooks.root / "jia" / "suggestions.toml"
    for visitor in (towns.visitor(), towns.as_("clerk")):
        visitor.text("/jia/sheets/?since=2020-01-01&until=2020-12-31")
        visitor.text("/jia/sheets/?since=2020-01-01&until=2020-12-31")
        before = len(computed)
        file.write_text(file.read_text("utf-8") + "# changed\n", "utf-8")
        visitor.text("/jia/sheets/?since=2020-01-01&until=2020-12-31")
        assert len(computed) == before + 1


def test_one_year_before_the_first_entry_stands_for_all(towns: Towns, computed: list[tuple[date, date]]) -> None:
    towns.jia.propose()
    for year in range(1954, 2020):
        towns.visitor().text(f"/jia/?year={year}")
    assert computed == [(date(2019, 1, 1), date(2019, 12, 31))]


def test_staff_ask_any_days_up_to_thirty_years(towns: Towns, computed: list[tuple[date, date]]) -> None:
    clerk = towns.as_("clerk")
    clerk.text("/jia/sheets/?since=2019-05-05&until=2020-02-02")
    assert computed == [(date(2019, 5, 5), date(2020, 2, 2))]
    assert "一次最多统计 30 年。请把起止日期改近一些。" in clerk.text(
        "/jia/sheets/?since=1980-01-01&until=2020-01-01", 422
    )
    answer = come(towns, "clerk").get("/sheets?since=1980-01-01")
    assert (answer.status_code, answer.json and answer.json["code"]) == (422, "sheets.span")
    assert len(computed) == 1


def test_the_days_of_the_term_are_for_everybody(towns: Towns, computed: list[tuple[date, date]]) -> None:
    towns.jia.propose()
    with towns.jia.world.reading() as desk:
        assert telling.term_span(desk) is None
        file = desk.rulebook.district
        object.__setattr__(file, "term_from", date(2019, 1, 8))
    towns.visitor().text("/jia/sheets/?since=2019-01-08&until=2020-03-02")
    assert computed == [(date(2019, 1, 8), date(2020, 3, 2))]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event, list[int]]]:
    """Computing that goes on until it is let go: (it began, let it go, how many were at it at once)."""
    began, let_go, at_once = threading.Event(), threading.Event(), [0]
    counted, lock = [0], threading.Lock()

    def waiting(desk: Any, viewer: Any, since: date, until: date) -> Any:
        with lock:
            counted[0] += 1
            at_once[0] = max(at_once[0], counted[0])
        began.set()
        let_go.wait(20)
        with lock:
            counted[0] -= 1
        return []

    monkeypatch.setattr("renda.web.telling.reports", waiting)
    yield began, let_go, at_once
    let_go.set()


def test_eight_strangers_take_one_turn_and_others_are_asked_to_come_again(
    towns: Towns, slow: tuple[threading.Event, threading.Event, list[int]]
) -> None:
    towns.jia.propose()
    began, let_go, at_once = slow
    answers: list[Any] = []

    def ask() -> None:
        answers.append(towns.visitor().get("/jia/sheets/"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert began.wait(20)
    # Five of eight are refused at once and do not wait with the others.
    for thread in threads:
        thread.join(0.0)
    while len(answers) < 5:
        threads[0].join(0.05)
    other = towns.visitor().get("/yi/sign-in").status_code
    let_go.set()
    for thread in threads:
        thread.join(20)
    statuses = sorted(answer.status_code for answer in answers)
    assert (statuses, at_once[0], other) == ([200] * 3 + [503] * 5, 1, 200)
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert refused.headers["Retry-After"] == "3"
    assert "请 3 秒后再打开" in refused.text


def test_readers_of_one_district_push_out_nothing_of_another(towns: Towns, computed: list[tuple[date, date]]) -> None:
    towns.yi.propose()
    towns.visitor().text("/yi/sheets/")
    clerk = towns.as_("clerk")
    for day in range(1, 29):
        for month in range(1, 7):
            clerk.get(f"/jia/sheets/?since=2019-{month:02}-{day:02}&until=2020-01-01")
    before = len(computed)
    towns.visitor().text("/yi/sheets/")
    assert len(computed) == before
