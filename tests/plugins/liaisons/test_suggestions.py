"""An item that becomes a deputy's suggestion, under whatever practice the district handles those."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from renda import RendaError
from renda.services.reading import DistrictRecords
from renda.testing.factories import World, fresh_sqlite

DISTRICTS = Path(__file__).parents[3] / "districts"


@pytest.mark.parametrize(("slug", "practice"), [("pingshan", "segmented_scoring"), ("jiangbei", "handling_rating")])
def test_what_a_liaison_brought_waits_for_the_deputy_as_a_suggestion_to_complete(
    tmp_path: Path, slug: str, practice: str
) -> None:
    world = World(fresh_sqlite(tmp_path), DISTRICTS, slug, day=date(2020, 3, 2))
    deputy, clerk = world.deputy("代表甲"), world.actor("clerk")
    contact = world.actor("deputy", person=deputy)
    people = [{"name": "居民一", "capacity": "志愿者"}]
    team = world.act(clerk, "建立联络关系", {"deputy": deputy.id, "liaisons": people}, practice="liaisons").matter_id
    brought = {"team": team, "liaison": 1, "title": "学校周边拥堵", "detail": "接送车辆占道"}
    item = world.act(clerk, "反映民情", brought, practice="liaisons").matter_id
    wanted: dict[str, Any] = {"facts": "接送车辆占道", "wanted": "设限时停靠区", "category": "没有这一类"}
    with pytest.raises(RendaError) as caught:
        world.act(clerk, "转为代表建议", wanted, matter=item)
    assert caught.value.code == "matter.not_yours"
    world.act(contact, "转为代表建议", wanted, matter=item)
    with world.reading() as desk:
        (suggestion,) = DistrictRecords(desk).matters(practice, "suggestion")
        categories = desk.rulebook.practice_on(practice, desk.day).practice.params.categories
    assert (suggestion.title, suggestion.state) == ("学校周边拥堵", "revising")
    assert suggestion.party("proposer") == deputy
    assert suggestion.payload["category"] == categories[-1]
    text = {"title": "关于学校周边交通的建议", "facts": "占道", "wanted": "限时停靠", "category": categories[0]}
    world.act(contact, "修改后提出", text, matter=suggestion.id)
    filed = world.matter(suggestion.id)
    assert (filed.state, filed.payload["category"], filed.title) == ("filed", categories[0], text["title"])
    world.close()
