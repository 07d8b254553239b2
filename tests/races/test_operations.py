"""Every operation on ballots, sittings, questionnaires, documents, people, accounts, tokens and tables, done at once."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import combinations, count
from pathlib import Path
from typing import Any

import pytest

from backing.copies import Copies, left
from backing.operations import OPERATIONS, SCENES, Operation, Scene, of
from backing.racing import at_once
from backing.sampling import sample
from renda.errors import RendaError

RACERS = 5
PAIRS = [pair for name in SCENES for pair in combinations(of(name), 2)]
_NUMBERS = count()


def done(operation: Operation, here: Scene, place: int) -> str:
    """Do it; what came of it in one word."""
    try:
        return f"done {operation.race(here, place)}"
    except RendaError as error:
        return error.code


def answers_of(given: list[Any]) -> Counter[str]:
    """How often each answer came; whatever else was raised is a fault."""
    for each in given:
        if isinstance(each, Exception):
            raise each
    return Counter(given)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Scene]:
    """Call it with the name of a scene; each is made once."""
    folders: dict[str, Path] = {}

    def make(name: str) -> Scene:
        folder = folders.setdefault(name, tmp_path_factory.mktemp(name) if name not in folders else folders[name])
        return SCENES[name](folder)

    return make


def one_after_another(copies: Copies, here: Scene, racers: list[Callable[[Scene], str]], folder: Path) -> Any:
    """The oracle: what they get and leave where each waits for the one before."""
    copied = here.copied(copies.sqlite(here.world), folder / f"keys-{next(_NUMBERS)}")
    answers = Counter(racer(copied) for racer in racers)
    return answers, left(copied.world)


def together(copies: Copies, here: Scene, racers: list[Callable[[Scene], str]], folder: Path) -> dict[str, Any]:
    """What they get and leave where all go at once, on each kind of database."""
    found = {}
    for world in copies.each(here.world):
        copied = here.copied(world, folder / f"keys-{next(_NUMBERS)}")
        given = at_once(world.store.engine, [partial(racer, copied) for racer in racers])
        found[world.store.engine.dialect.name] = (answers_of(given), left(world))
    return found


@pytest.mark.parametrize("operation", sample(OPERATIONS, 24, "operations"), ids=str)
def test_an_operation_done_at_once_gives_what_one_after_another_gives(
    operation: Operation, copies: Copies, made: Callable[[str], Scene], tmp_path: Path
) -> None:
    here = made(operation.scene)
    racers: list[Any] = [lambda scene, place=place: done(operation, scene, place) for place in range(RACERS)]

    expected = one_after_another(copies, here, racers, tmp_path)

    assert any(answer.startswith("done") for answer in expected[0]) is operation.is_possible, expected[0]
    for kind, found in together(copies, here, racers, tmp_path).items():
        if operation.differs:
            assert (found[0], found[1]["rows"]) == (expected[0], expected[1]["rows"]), kind
        else:
            assert found == expected, kind


@pytest.mark.parametrize("pair", sample(PAIRS, 12, "pairs of operations"), ids=lambda pair: f"{pair[0]}-{pair[1].name}")
def test_two_operations_done_at_once_give_what_one_of_their_orders_gives(
    pair: tuple[Operation, Operation], copies: Copies, made: Callable[[str], Scene], tmp_path: Path
) -> None:
    here = made(pair[0].scene)
    racers: list[Any] = [lambda scene, each=each: done(each, scene, 0) for each in pair]

    orders = [one_after_another(copies, here, order, tmp_path) for order in (racers, racers[::-1])]

    for kind, found in together(copies, here, racers, tmp_path).items():
        assert found in orders, kind
