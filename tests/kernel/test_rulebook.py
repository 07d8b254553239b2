"""What was in force when: dated versions, what has begun, what was changed behind its back."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kernel.conftest import Town, refusal

from backing.databases import Database
from backing.following import find_any, write_followers
from backing.sample import SAMPLE
from renda import Practice, action, hookimpl, rulebook
from renda.rulebook import Rulebook, Rulebooks, practice_class, practice_of
from renda.services import scores
from renda.services.reading import find, rules_of


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return Rulebook(write_followers(tmp_path, "notes") / "jia", find_any)


def test_a_day_has_the_version_that_began_last(book: Rulebook) -> None:
    found = {
        day: {each.code: str(each.version.effective) for each in book.on(day)}
        for day in (date(2017, 12, 31), date(2018, 1, 1), date(2019, 12, 31), date(2020, 1, 1), date(2030, 1, 1))
    }
    assert found == {
        date(2017, 12, 31): {},
        date(2018, 1, 1): {"notes": "2018-01-01", "suggestions": "2018-01-01"},
        date(2019, 12, 31): {"notes": "2018-01-01", "suggestions": "2018-01-01"},
        date(2020, 1, 1): {"notes": "2018-01-01", "suggestions": "2020-01-01"},
        date(2030, 1, 1): {"notes": "2018-01-01", "suggestions": "2020-01-01"},
    }


def test_whoever_asks_about_many_days_fills_no_memory(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "MOST_DAYS", 3)
    days = [date(2019, 12, day) for day in range(28, 32)] + [date(2020, 1, 1)]
    for _ in range(2):
        found = [str(book.practice_on("suggestions", day).version.effective) for day in days]
        assert found == ["2018-01-01"] * 4 + ["2020-01-01"]
        assert len(book._on) <= 3


def test_versions_may_stand_in_any_order_in_the_file(tmp_path: Path) -> None:
    folder = write_followers(tmp_path) / "jia"
    head, first, second = SAMPLE.partition("[[version]]")[0], *SAMPLE.split("[[version]]")[1:]
    (folder / "suggestions.toml").write_text(f"{head}[[version]]{second}\n[[version]]{first}", "utf-8")
    found = Rulebook(folder, find_any).versions["suggestions"]
    assert [str(each.effective) for each in found] == ["2018-01-01", "2020-01-01"]
    assert found[1].unconfirmed == ("answer_within",)
    assert (found[0].checked, found[1].checked) == (date(2020, 1, 2), None)


def test_before_the_first_version_nothing_is_in_force(book: Rulebook) -> None:
    found = refusal(lambda: book.practice_on("suggestions", date(2017, 12, 31)))
    assert found.code == "rules.not_in_force"
    assert found.message == "甲区 在 2017-12-31 没有施行“suggestions”。当日施行的有:—。"


def test_parameters_are_exact_and_frozen(book: Rulebook) -> None:
    params = book.practice_on("suggestions", date(2020, 1, 1)).practice.params
    assert str(params.weight) == "0.6"
    assert str(params.grades["A"]) == "100"
    with pytest.raises(AttributeError, match="frozen"):
        params.weight = 1
    with pytest.raises(TypeError):
        params.grades["A"] = 1


def test_a_practice_answers_for_one_version_and_is_made_once(book: Rulebook) -> None:
    one = book.practice_on("suggestions", date(2018, 1, 1))
    other = book.practice_on("suggestions", date(2020, 1, 1))
    assert one is book.practice_on("suggestions", date(2019, 1, 1))
    assert one.practice is not other.practice
    assert one.version.digest != other.version.digest
    assert one.practice.code == "suggestions"


def test_the_digest_says_what_the_parameters_say_and_nothing_else(tmp_path: Path) -> None:
    folder = write_followers(tmp_path) / "jia"
    before = [each.digest for each in Rulebook(folder, find_any).versions["suggestions"]]
    text = (folder / "suggestions.toml").read_text("utf-8")
    (folder / "suggestions.toml").write_text(
        "# 说明\n" + text.replace("建议办理办法", "办法").replace("  ", " "), "utf-8"
    )
    assert [each.digest for each in Rulebook(folder, find_any).versions["suggestions"]] == before
    (folder / "suggestions.toml").write_text(text.replace("A = 100", "A = 99"), "utf-8")
    assert all(
        one != other
        for one, other in zip(
            before, [v.digest for v in Rulebook(folder, find_any).versions["suggestions"]], strict=True
        )
    )


@pytest.fixture
def town_on(database_url: Database, tmp_path: Path) -> Iterator[Callable[[str], Town]]:
    """甲区 with another text of its file, in the same database."""
    made: list[Town] = []
    root = write_followers(tmp_path / "districts")

    def make(text: str) -> Town:
        (root / "jia" / "suggestions.toml").write_text(text, "utf-8")
        made.append(Town(database_url.app_url, root, "jia", day=date(2019, 6, 3), books=Rulebooks(root, find_any)))
        return made[-1]

    yield make
    for town in made:
        town.close()


def test_a_new_version_never_changes_what_has_begun(town_on: Callable[[str], Town]) -> None:
    old_text = SAMPLE.partition("\n[[version]]\neffective = 2020")[0] + "\n"
    town = town_on(old_text)
    begun = town.answered("旧路灯")
    newer = town_on(SAMPLE)
    newer.go_to(date(2020, 3, 2))
    newer.act(newer.proposer, "rate", {"grade": "B"}, matter=begun)
    fresh = newer.closed("新路灯")
    with newer.reading() as desk:
        shown = [(row.shown, str(row.value)) for row in (scores.latest(desk, begun), scores.latest(desk, fresh)) if row]
        assert shown == [("45", "45.0"), ("53", "53.0")]
        assert str(find(desk, begun).rules_effective) == "2018-01-01"
        inside = desk.rulebook.of(find(desk, newer.inside(begun)[0]))
        assert str(inside.version.effective) == "2018-01-01"


def test_a_version_that_matters_rest_on_may_not_change(town_on: Callable[[str], Town]) -> None:
    town = town_on(SAMPLE)
    number = town.propose()
    changed = town_on(SAMPLE.replace("weight = 0.5", "weight = 0.7"))
    found = refusal(lambda: changed.act(changed.clerk, "withdraw", matter=number))
    assert (found.code, found.status) == ("rules.drift", 409)
    assert found.message == (
        "jia/suggestions.toml 自 2018-01-01 起生效的版本已被改动或删除,而有事项正依据它办理。"
        "出路有二:一是恢复原来的内容,把改动写成新的一版(新的 effective);"
        "二是用 renda repin --reason 说明理由,把这些事项改到现在的版本。"
    )
    mended = town_on(SAMPLE)
    mended.act(mended.clerk, "withdraw", matter=number)
    with mended.reading() as desk:
        assert rules_of(desk, find(desk, number)).version.source == "建议办理办法(试行)"


def test_a_version_taken_out_of_the_file_is_missed(book: Rulebook) -> None:
    pinned = SimpleNamespace(practice="suggestions", rules_effective=date(2019, 1, 1), rules_digest="x")
    assert refusal(lambda: book.of(pinned)).code == "rules.drift"
    gone = SimpleNamespace(practice="elections", rules_effective=date(2019, 1, 1), rules_digest="x")
    assert refusal(lambda: book.of(gone)).code == "rules.drift"


def test_districts_are_read_only_when_asked_for(tmp_path: Path) -> None:
    read: list[str] = []

    def find_practice(plugin: str, file: str) -> type[Practice]:
        read.append(file)
        return find_any(plugin, file)

    books = Rulebooks(write_followers(tmp_path), find_practice)
    assert books.slugs() == ["bing", "jia", "yi"]
    assert read == []
    assert books.of("yi") is books.of("yi")
    assert set(read) == {"yi/suggestions.toml"}
    assert refusal(lambda: books.of("bing")).code == "rules.not_toml"


@pytest.mark.parametrize("slug", ["ding", "../jia", "jia/", "", "."])
def test_what_is_no_district_is_unknown(tmp_path: Path, slug: str) -> None:
    found = refusal(lambda: Rulebooks(write_followers(tmp_path / "d"), find_any).of(slug))
    assert (found.code, found.message) == ("district.unknown", f"没有“{slug}”这个区县。")


class Misspelt(Practice):
    """Its answer is to a question nobody asks."""

    states = {"a": "甲"}
    ends = ("a",)

    @action("登记", by="clerk", when=None, then="a")
    def note(self, matter: Any) -> None: ...

    @hookimpl
    def scores(self, matter: Any) -> None: ...


class WrongArgument(Practice):
    """It asks for an argument the question does not have."""

    states = {"a": "甲"}
    ends = ("a",)

    @action("登记", by="clerk", when=None, then="a")
    def note(self, matter: Any) -> None: ...

    @hookimpl
    def score(self, matter: Any, weather: Any) -> None: ...


BROKEN = {
    "misspelt": (f"{__name__}:Misspelt", "scores"),
    "argument": (f"{__name__}:WrongArgument", "weather"),
    "absent": ("renda_absent:Practice", "renda_absent"),
    "nameless": (f"{__name__}:Nobody", "Nobody"),
    "function": (f"{__name__}:refusal", ""),
}


@pytest.fixture
def installed_broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = {name: EntryPoint(name, value, rulebook.ENTRY_POINTS) for name, (value, _) in BROKEN.items()}
    monkeypatch.setattr(rulebook, "installed", lambda: points)
    practice_class.cache_clear()
    yield
    practice_class.cache_clear()


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.usefixtures("installed_broken")
def test_a_plugin_that_cannot_start_is_named_with_its_mistake(name: str) -> None:
    found = refusal(lambda: practice_of(name, "jia/x.toml"))
    assert (found.code, found.status) == ("plugin.broken", 500)
    assert found.message.startswith(f"插件“{name}”不能启动:")
    assert found.message.endswith("。请改正插件或停用它。")
    assert BROKEN[name][1] in found.message


@pytest.mark.usefixtures("installed_broken")
def test_a_plugin_that_is_not_installed_is_named_with_those_that_are() -> None:
    found = refusal(lambda: practice_of("lifts", "jia/x.toml"))
    assert found.code == "rules.unknown_plugin"
    assert found.message == (
        "jia/x.toml 用到插件“lifts”,本机没有安装。已安装:absent、argument、function、misspelt、nameless。"
    )
