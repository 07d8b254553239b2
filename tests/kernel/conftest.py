"""Two districts in one database, on SQLite and on PostgreSQL, where the application owns no table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backing.databases import Database
from backing.following import find_any, write_followers
from renda.errors import RendaError
from renda.matter import Actor
from renda.rulebook import Rulebooks
from renda.testing.factories import World


class Town(World):
    """A district with a deputy, an organ and a clerk, and the steps of a suggestion's life."""

    @property
    def clerk(self) -> Actor:
        """The office."""
        return self.actor("clerk")

    @property
    def proposer(self) -> Actor:
        """The deputy who proposes."""
        return self.actor("deputy", person=self.deputy("代表甲一"))

    @property
    def bureau(self) -> Actor:
        """The department that answers."""
        return self.actor("department", organ=self.organ("住建局"))

    def propose(self, title: str = "路灯", **entries: Any) -> int:
        """A suggestion by the deputy."""
        said = {"title": title, "text": "夜里太暗。", "proposer": self.deputy("代表甲一").id, **entries}
        return self.act(self.proposer, "propose", said, practice="suggestions").matter_id

    def assign(self, number: int) -> int:
        """The clerk hands it to the bureau; answers with the share opened inside."""
        self.act(self.clerk, "assign", {"organ": self.organ("住建局").id}, matter=number)
        return self.inside(number)[0]

    def inside(self, number: int) -> list[int]:
        """The numbers of the matters inside one."""
        return [each.id for each in self.matter(number).children()]

    def answered(self, title: str = "路灯") -> int:
        """A suggestion that was answered."""
        number = self.propose(title)
        self.act(self.bureau, "finish", matter=self.assign(number))
        self.act(self.bureau, "answer", {"result": "A", "answer": "已装。"}, matter=number)
        return number

    def closed(self, title: str = "路灯") -> int:
        """A suggestion that was rated, and so has a score."""
        number = self.answered(title)
        self.act(self.proposer, "rate", {"grade": "B"}, matter=number)
        return number


@dataclass
class Towns:
    """甲区 and 乙区."""

    jia: Town
    yi: Town


Making = Callable[..., Towns]


@pytest.fixture
def making(database_url: Database, tmp_path: Path) -> Iterator[Making]:
    """Call it with the practices 甲区 is to follow beside suggestions."""
    made: list[Town] = []

    def make(*plugins: str) -> Towns:
        root = write_followers(tmp_path / "districts", *plugins)
        made.extend(Town(database_url.app_url, root, slug, books=Rulebooks(root, find_any)) for slug in ("jia", "yi"))
        return Towns(*made)

    yield make
    for town in made:
        town.close()


@pytest.fixture
def towns(making: Making) -> Towns:
    """Both districts with suggestions alone."""
    return making()


@pytest.fixture
def jia(towns: Towns) -> Town:
    """甲区."""
    return towns.jia


def refusal(deed: Callable[[], object]) -> RendaError:
    """What a deed is refused with."""
    with pytest.raises(RendaError) as caught:
        deed()
    return caught.value
