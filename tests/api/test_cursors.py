"""Lists of the API: neither what is in them, nor where they go on, tells of what the caller may not see."""

from typing import Any

from backing.programs import Program, come
from backing.world import Towns
from renda.testing.addresses import Addresses

SECRET = 30


def hidden_among(towns: Towns) -> tuple[list[int], list[int]]:
    """Suggestions the bureau may see, and between them many it may not, each with entries and documents."""
    seen, secret = [], []
    for place in range(3):
        number = towns.jia.propose(f"公开{place}")
        towns.jia.assign(number)
        seen.append(number)
        secret += [towns.jia.propose(f"秘密{place}-{each}", secret=True) for each in range(SECRET // 3)]
    return seen, secret


def every(program: Program, path: str) -> list[Any]:
    """All portions of a list; that one which is not the last is full."""
    found, place = [], path
    for _ in range(500):
        said = program.said(place)
        found += said["items"]
        if said["next"] is None:
            return found
        assert said["items"], f"{place}: an empty portion says that something hidden follows"
        place = said["next"].removeprefix(f"/api/{program.slug}")
    raise AssertionError("no end")


def test_a_hidden_matter_and_one_that_is_not_there_are_told_alike(towns: Towns) -> None:
    _, secret = hidden_among(towns)
    bureau = come(towns, "bureau")
    for path in ("events", "notices"):
        for limit in ("", "&limit=1"):
            hidden = bureau.said(f"/{path}?matter={secret[0]}{limit}")
            nothing = bureau.said(f"/{path}?matter=999999{limit}")
            assert hidden == nothing == {"items": [], "next": None}, path
    assert bureau.said(f"/matters?parent={secret[0]}&limit=1") == bureau.said("/matters?parent=999999&limit=1")


def test_every_portion_but_the_last_is_full_in_every_list(towns: Towns) -> None:
    seen, secret = hidden_among(towns)
    bureau = come(towns, "bureau")
    with towns.jia.world.reading() as desk:
        rules = Addresses(towns.app, desk, "jia").rules("GET")
        lists = [rule for rule in rules if rule.endpoint.startswith("api.list_") and rule.arguments == {"slug"}]
    paged = [rule.rule.removeprefix("/api/<slug>") for rule in lists]
    assert {"/events", "/notices", "/matters", "/due", "/people", "/ballots", "/meetings"} <= set(paged)
    # Not by number; and the ballots are not the bureau's.
    for path in set(paged) - {"/practices", "/sheets", "/tables", "/ballots"}:
        text = str(every(bureau, f"{path}?limit=1"))
        assert "秘密" not in text, path
    listed = {each["id"] for each in every(bureau, "/matters?limit=2")}
    assert listed.isdisjoint(secret)
    assert set(seen) <= listed
    told = [each["matter"] for each in every(bureau, "/events?limit=1")]
    assert set(seen) <= set(told)
    assert set(told).isdisjoint(secret)
