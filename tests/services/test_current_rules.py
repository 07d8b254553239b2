"""What holds while files are changed under running processes: all agree, a wrong file stops its own practice alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from backing.sample import find_practice
from backing.world import Town, Towns
from renda.errors import RendaError
from renda.matter import SYSTEM
from renda.model import MatterRow, RuleFileRow
from renda.rulebook import Rulebooks
from renda.services import districts, reading
from renda.services.desk import Installation
from renda.services.matters import act
from renda.services.repinning import repin
from renda.store import Store


@pytest.fixture
def workers(jia: Town) -> Iterator[list[Installation]]:
    """Three processes of one server: each has its own memory, database and files are the same."""
    root = jia.world.installation.rulebooks.root
    url = jia.world.store.engine.url
    made = [Installation(Store(str(url)), Rulebooks(root, find_practice), lambda: jia.world.now) for _ in range(3)]
    for worker in made:
        assert weight(worker) == "0.6"
    yield made
    for worker in made:
        worker.store.close()


def file_of(jia: Town, name: str = "suggestions.toml") -> Path:
    return jia.world.installation.rulebooks.root / "jia" / name


def replace(file: Path, old: str, new: str) -> None:
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def weight(worker: Installation) -> str:
    with worker.reading("jia") as desk:
        return str(desk.rulebook.practice_on("suggestions", desk.day).practice.params.weight)


def refused(worker: Installation, jia: Town, practice: str = "suggestions", matter: int | None = None) -> str:
    said = {"title": "新的", "text": "夜里太暗。", "proposer": jia.parties["deputy"].id}
    action, login = ("propose", "deputy") if matter is None else ("assign", "clerk")
    given: dict[str, Any] = {"practice": practice} if matter is None else {"matter": matter}
    entries = said if matter is None else {"organ": jia.parties["bureau"].id}
    with worker.writing("jia") as desk, pytest.raises(RendaError) as caught:
        act(desk, jia.actors[login], action, entries, **given)
    return caught.value.code


def test_every_process_goes_by_a_changed_file_at_its_next_request(jia: Town, workers: list[Installation]) -> None:
    replace(file_of(jia), "weight = 0.6", "weight = 0.7")
    assert [weight(worker) for worker in workers] == ["0.7"] * 3
    (file_of(jia, "more.toml")).write_bytes(file_of(jia).read_bytes())
    for worker in workers:
        with worker.reading("jia") as desk:
            assert "more" in desk.rulebook.versions
    file_of(jia, "more.toml").unlink()
    for worker in workers:
        with worker.reading("jia") as desk:
            assert "more" not in desk.rulebook.versions


def test_a_generation_raised_by_a_command_reaches_processes_whose_files_look_the_same(
    jia: Town, workers: list[Installation], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file system that tells of changes late.
    for worker in workers:
        still = worker.rulebooks.mark("jia")
        monkeypatch.setattr(worker.rulebooks, "mark", lambda slug, still=still: still)
    replace(file_of(jia), "weight = 0.6", "weight = 0.7")
    assert [weight(worker) for worker in workers] == ["0.6"] * 3
    fresh = Installation(jia.world.store, Rulebooks(file_of(jia).parents[1], find_practice), lambda: jia.world.now)
    districts.sync(fresh)
    assert [weight(worker) for worker in workers] == ["0.7"] * 3


def test_repin_beside_running_processes_needs_no_restart(jia: Town, workers: list[Installation]) -> None:
    number = jia.propose()
    replace(file_of(jia), "weight = 0.6", "weight = 0.7")
    assert [refused(worker, jia, matter=number) for worker in workers] == ["rules.drift"] * 3
    command = Installation(jia.world.store, Rulebooks(file_of(jia).parents[1], find_practice), lambda: jia.world.now)
    with command.writing("jia") as desk:
        assert [each.matter for each in repin(desk, SYSTEM, "suggestions", "主任会议决定")] == [number]
    for worker in workers:
        with worker.reading("jia") as desk:
            assert desk.rulebook.drifted == []
            rules = reading.rules_of(desk, desk.session.get_one(MatterRow, number))
            assert str(rules.practice.params.weight) == "0.7"
    with workers[0].writing("jia") as desk:
        act(desk, jia.actors["clerk"], "assign", {"organ": jia.parties["bureau"].id}, matter=number)


@pytest.mark.parametrize("wrong", ["", "weight = \n", 'plugin = "sample"\n', "[[version]]\n"])
def test_while_a_file_is_wrong_its_last_rules_hold_in_every_process_also_after_a_restart(
    jia: Town, workers: list[Installation], wrong: str
) -> None:
    number = jia.propose()
    before = file_of(jia).read_text("utf-8")
    file_of(jia).write_text(wrong, "utf-8")
    restarted = Installation(
        Store(str(jia.world.store.engine.url)), Rulebooks(file_of(jia).parents[1], find_practice), lambda: jia.world.now
    )
    for worker in (*workers, restarted):
        assert weight(worker) == "0.6"
        assert refused(worker, jia) == "rules.suspended"
        assert refused(worker, jia, matter=number) == "rules.suspended"
        with worker.reading("jia") as desk:
            assert list(desk.rulebook.mistakes) == ["suggestions.toml"]
            assert reading.view(desk, reading.find(desk, number)).title == "增设路灯"
    restarted.store.close()
    file_of(jia).write_text(before, "utf-8")
    with workers[1].writing("jia") as desk:
        assert not desk.rulebook.mistakes
        act(desk, jia.actors["clerk"], "assign", {"organ": jia.parties["bureau"].id}, matter=number)


def test_a_wrong_file_that_never_was_correct_leaves_the_other_practices_alone(
    jia: Town, workers: list[Installation]
) -> None:
    file_of(jia, "fresh.toml").write_text('plugin = "sample"\n', "utf-8")
    for worker in workers:
        assert refused(worker, jia, "fresh") == "rules.suspended"
        with worker.reading("jia") as desk:
            assert "fresh" not in desk.rulebook.on(desk.day).practices
    with workers[0].writing("jia") as desk:
        said = {"title": "照常", "text": "夜里太暗。", "proposer": jia.parties["deputy"].id}
        act(desk, jia.actors["deputy"], "propose", said, practice="suggestions")


def test_a_wrong_district_file_or_letterhead_takes_nothing_off(jia: Town, workers: list[Installation]) -> None:
    place = file_of(jia, "documents")
    place.mkdir()
    (place / "common.toml").write_text('organ = "甲区人大办"\n', "utf-8")
    for worker in workers:
        with worker.reading("jia") as desk:
            assert desk.rulebook.letterheads.of("通报").organ == "甲区人大办"
    (place / "common.toml").write_text("organ = 5\n", "utf-8")
    file_of(jia, "district.toml").write_text("name = ", "utf-8")
    for worker in workers:
        with worker.reading("jia") as desk:
            assert desk.rulebook.district.name == "甲区"
            assert desk.rulebook.letterheads.of("通报").organ == "甲区人大办"
            assert set(desk.rulebook.mistakes) == {"district.toml", "documents/common.toml"}


def test_the_same_content_is_kept_once_and_what_is_kept_cannot_be_changed(
    jia: Town, workers: list[Installation]
) -> None:
    first = file_of(jia).read_text("utf-8")
    for content in (first.replace("0.6", "0.7"), first):
        file_of(jia).write_text(content, "utf-8")
        for worker in workers:
            weight(worker)
    with workers[0].reading("jia") as desk:
        query = select(func.count()).select_from(RuleFileRow).where(RuleFileRow.name == "suggestions.toml")
        assert desk.session.scalar(query) == 3
    with pytest.raises(Exception, match=r"append only|permission denied"), workers[0].writing("jia") as desk:
        desk.session.execute(text("update rule_file set text = ''"))


def test_the_office_reads_what_is_wrong_and_the_public_only_that_the_page_is_there(towns: Towns) -> None:
    jia = towns.jia
    jia.propose()
    towns.visitor().text("/jia/")
    file_of(jia).write_text('plugin = "sample"\n[[version]]\neffective = 2020-01-01\n', "utf-8")
    detail = "缺少“source”"
    clerk, deputy = towns.as_("clerk"), towns.as_("deputy")
    assert detail in clerk.text("/jia/")
    for visitor in (deputy, towns.visitor()):
        assert detail not in visitor.text("/jia/")
    said = deputy.text("/jia/practices/suggestions/open/propose", status=409)
    assert "“代表建议”的规则文件有误,改正以前暂时不能办理" in said
    assert detail not in said
    assert "/open/propose" not in deputy.text("/jia/")


def test_a_new_district_whose_file_is_wrong_is_closed_without_internals_and_stops_no_other(towns: Towns) -> None:
    root = towns.jia.world.installation.rulebooks.root
    (root / "bing" / "district.toml").write_text('name = "丙区"\nsecret_entry = 1\n', "utf-8")
    closed = towns.visitor().text("/bing/", status=503)
    assert "secret_entry" not in closed
    assert "web.district_closed" in closed
    synced = districts.sync(towns.jia.world.installation)
    assert set(synced.mistakes) == {"bing"}
    towns.visitor().text("/jia/")
