"""Leads clues of 坪山 from a ledger to what came of them."""

from __future__ import annotations

from typing import Any

from renda.testing.factories import World

CODE = "joint_supervision"
BODIES = {"区监察委员会": "supervisory", "区人民检察院": "procuratorate", "区审计局": "department"}
CLUE = {"title": "闲置土地", "source": "citizen", "area": "国有土地使用权出让", "summary": "到期未开发"}
SUIT = {"sort": "suit", "quantity": "1", "done_on": "2020-03-02", "document": "起诉书"}


class Joint:
    """A ledger of 2020 with the three bodies; methods answer the number of the matter they acted on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clerk, self.chair, self.auditor = (world.actor(role) for role in ("clerk", "chair", "auditor"))
        self.organs = {name: world.organ(name, sort=sort) for name, sort in BODIES.items()}
        self.ledger = 0

    def body(self, name: str = "区人民检察院") -> Any:
        return self.world.actor("department", organ=self.organs[name])

    def clerk_does(self, action: str, number: int, **entries: Any) -> int:
        self.world.act(self.clerk, action, entries, matter=number)
        return number

    def body_does(self, action: str, number: int, body: str = "区人民检察院", **entries: Any) -> int:
        self.world.act(self.body(body), action, entries, matter=number)
        return number

    def opened(self, action: str, parent: int, who: Any = None, **entries: Any) -> int:
        outcome = self.world.act(who or self.clerk, action, entries, practice=CODE, parent=parent)
        return outcome.matter_id

    def begun(self, year: int = 2020) -> int:
        form = {"year": year, "joint": [each.id for each in self.organs.values()]}
        self.ledger = self.world.act(self.clerk, "begin", form, practice=CODE).matter_id
        return self.ledger

    def closed_ledger(self) -> int:
        return self.clerk_does("close", self.begun())

    def registered(self, **entries: Any) -> int:
        return self.opened("register", self.ledger or self.begun(), **{**CLUE, **entries})

    def shared(self, **entries: Any) -> int:
        informed = [each.id for each in self.organs.values()]
        return self.clerk_does("share", self.registered(**entries), informed=informed)

    def transferred(self, body: str = "区人民检察院", **entries: Any) -> int:
        return self.clerk_does("transfer", self.shared(**entries), body=self.organs[body].id, basis="公益诉讼")

    def accepted(self, **entries: Any) -> int:
        return self.body_does("accept", self.transferred(**entries), case_number="检公益〔2020〕1号")

    def declined(self) -> int:
        return self.body_does("decline", self.transferred(), declined_for="不属公益诉讼领域")

    def recorded(self, clue: int = 0, **entries: Any) -> int:
        return self.opened("record_outcome", clue or self.accepted(), self.body(), **{**SUIT, **entries})

    def counted(self, clue: int = 0, **entries: Any) -> int:
        return self.clerk_does("count", self.recorded(clue, **entries))

    def rejected(self) -> int:
        return self.clerk_does("reject", self.recorded(), doubt="已在别处计入")

    def ready(self) -> int:
        clue = self.accepted()
        self.counted(clue)
        return clue

    def concluded(self) -> int:
        return self.body_does("conclude", self.ready(), conclusion="已收回")

    def filed(self) -> int:
        return self.clerk_does("file", self.registered(), filed_for="重复")

    def entered(self, **entries: Any) -> int:
        form = {"line": "clues", "amount": "10", "provenance": "检察院报表", **entries}
        return self.opened("enter", self.ledger or self.begun(), **form)

    def checked(self, **entries: Any) -> int:
        number = self.entered(**entries)
        self.world.act(self.auditor, "check_line", matter=number)
        return number

    def dropped(self) -> int:
        return self.clerk_does("drop_line", self.entered(), doubt="重复")
