from datetime import date

from backing.world import Town
from renda.matter import SYSTEM
from renda.services import rules
from renda.services.searching import Wanted, newest
from renda.testing.factories import World


def test_tables_of_parameters_are_taken_apart_and_doubtful_ones_marked(local_world: World) -> None:
    book = local_world.rulebook
    newer = rules.effective_on(book, "suggestions", date(2020, 1, 1))
    told = {entry.place: entry for entry in rules.entries(book, newer)}
    assert (told["grades.A"].label, told["grades.A"].value) == ("等次分值 · A", "100")
    assert told["answer_within"].unconfirmed
    assert not told["weight"].unconfirmed


def test_what_one_version_has_and_the_other_lacks_is_told(local_world: World) -> None:
    file = local_world.installation.rulebooks.root / "jia" / "suggestions.toml"
    text = file.read_text("utf-8")
    head, tail = text.rsplit("grades = { A = 100, B = 80 }", 1)
    file.write_text(f"{head}grades = {{ A = 100, C = 60 }}{tail}", "utf-8")
    book = type(local_world.installation.rulebooks)(
        local_world.installation.rulebooks.root, local_world.installation.rulebooks._find_practice
    ).of("jia")
    changed = {
        each.place: (each.older, each.newer) for each in rules.differences(book, *rules.last_two(book, "suggestions"))
    }
    assert changed["grades.B"] == ("80", None)
    assert changed["grades.C"] == (None, "60")
    assert "grades.A" not in changed


def test_a_search_reads_on_past_what_may_not_be_seen(jia: Town) -> None:
    seen = jia.propose("可见")
    for each in range(4):
        jia.propose(f"秘密{each}", secret=True)
    with jia.world.reading() as desk:
        found = newest(desk, jia.actors["second"], Wanted(practice="suggestions"), limit=1)
        assert [line.row.id for line in found.lines] == [seen]
        assert found.after is None
        assert len(newest(desk, SYSTEM, Wanted(), limit=3).lines) <= 3
