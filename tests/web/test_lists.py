"""Lists and homes: what they show, in which order, and how often they ask the database."""

import re
from datetime import date

from backing.statements import heard
from backing.world import Towns


def test_what_is_secret_is_in_no_list_and_on_no_page_of_others(towns: Towns) -> None:
    number = towns.jia.propose("保密的建议", secret=True)
    for login, status in (("clerk", 200), ("deputy", 200), ("second", 404), ("auditor", 404)):
        visitor = towns.as_(login)
        assert visitor.get(f"/jia/matters/{number}").status_code == status
        assert ("保密的建议" in visitor.text("/jia/matters")) == (status == 200)
    assert "保密的建议" not in towns.as_("auditor").text("/jia/record")
    assert "（您不能查看的事项）" in towns.as_("auditor").text("/jia/record")
    assert towns.visitor().get(f"/jia/matters/{number}").status_code == 303


def test_a_list_goes_on_until_its_page_is_full_of_what_may_be_seen(towns: Towns) -> None:
    numbers = [towns.jia.propose(f"建议{at}", secret=at % 3 == 0) for at in range(90)]
    second = towns.as_("second")
    page = second.text("/jia/matters")
    first = re.findall(r'href="/jia/matters/(\d+)"', page)
    assert len(first) == 50
    more = re.search(r'href="(/jia/matters\?[^"]*before=\d+)"', page)
    assert more is not None
    rest = re.findall(r'href="/jia/matters/(\d+)"', second.text(more[1].replace("&amp;", "&")))
    seen = [number for at, number in enumerate(numbers) if at % 3]
    assert [int(number) for number in first + rest] == seen[::-1]


def test_a_list_is_narrowed_by_practice_kind_state_and_title(towns: Towns) -> None:
    lamp, road = towns.jia.propose("增设路灯 100%"), towns.jia.propose("修路")
    towns.jia.assign(road)
    clerk = towns.as_("clerk")

    def listed(query: str) -> list[str]:
        return re.findall(r'<a href="/jia/matters/\d+">([^<]+)</a>', clerk.text(f"/jia/matters?{query}"))

    assert listed("") == ["修路", "增设路灯 100%"]
    assert listed("kind=suggestions&state=filed") == ["增设路灯 100%"]
    assert listed("kind=suggestions:share") == ["现场查看"]
    assert listed("kind=zz_faulty") == []
    assert listed("kind=nothing") == []
    assert listed("q=100%25") == ["增设路灯 100%"]
    assert listed("q=100_") == []
    assert listed(f"kind=suggestions&before={road}") == ["增设路灯 100%"]
    assert listed("before=x") == ["修路", "增设路灯 100%"]
    assert lamp < road


def test_a_home_shows_what_waits_the_oldest_deadline_first_and_overdue_marked(towns: Towns) -> None:
    world = towns.jia.world
    early = towns.jia.propose("早的")
    towns.jia.assign(early)
    world.go_to(date(2020, 3, 20))
    late = towns.jia.propose("晚的")
    towns.jia.assign(late)
    for number in (early, late):
        share = world.matter(number).children()[0].id
        world.act(towns.jia.actors["bureau"], "finish", matter=share)
    world.go_to(date(2020, 4, 1))
    page = towns.as_("bureau").text("/jia/")
    assert "待办 2 件" in page
    assert "其中逾期 1 件" in page
    assert page.index("早的") < page.index("晚的")
    assert "已逾期 2 天" in page


def test_a_matters_page_asks_the_database_at_most_twelve_times(towns: Towns) -> None:
    parties = towns.jia.parties
    other = towns.jia.propose("另一件")
    number = towns.jia.propose(seconders=[parties["second"].id], related=other)
    towns.jia.assign(number)
    share = towns.jia.world.matter(number).children()[0].id
    for login, shown in (("clerk", number), ("bureau", share)):
        visitor = towns.as_(login)
        visitor.text(f"/jia/matters/{shown}")
        with heard(towns.jia.world.store.engine) as statements:
            visitor.text(f"/jia/matters/{shown}")
        assert 4 < len(statements) <= 12, "\n".join(statements)


def test_a_list_asks_as_often_for_fifty_as_for_two(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    asked = []
    for count in (2, 60):
        for at in range(count):
            towns.jia.propose(f"建议{at}")
        with heard(towns.jia.world.store.engine) as statements:
            clerk.text("/jia/matters?kind=suggestions")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 6
