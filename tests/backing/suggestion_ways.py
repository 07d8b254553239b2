"""Ways to the states that practices on suggestions share, for those that rate in three levels."""

from __future__ import annotations

from typing import Any

from backing.suggestions import Walk

POOR = {"answer_level": "不满意", "answer_reason": "没有修"}
COUNTS = {"year": 2019, "handled": 10, "provenance": "年度报告"}


class Ways(Walk):
    """Each leads a suggestion, a part of it or a yearly account to a state and answers its number."""

    def signing(self) -> int:
        number = self.file(invited=("代表乙", "代表丙"))
        self.world.act(self.as_deputy("代表乙"), "confirm", matter=number)
        return number

    def revising(self) -> int:
        number = self.file()
        self.world.act(self.clerk, "send_back", {"wanting": "请写明路段"}, matter=number)
        return number

    def inadmissible(self) -> int:
        number = self.file()
        self.world.act(self.clerk, "refuse", {"ground": "case", "refusal_note": "已立案"}, matter=number)
        return number

    def merged(self) -> int:
        first, second = self.accepted(), self.accepted("代表乙")
        self.world.act(self.clerk, "merge", {"into": first}, matter=second)
        return second

    def withdrawn(self) -> int:
        number = self.handled()
        self.world.act(self.as_deputy("代表甲"), "withdraw", {"withdrawal_letter": "已解决"}, matter=number)
        return number

    def received(self) -> int:
        number = self.handled()
        self.organ_acts(number, "城管局", "receive")
        return number

    def returning(self) -> int:
        number = self.received()
        self.organ_acts(number, "城管局", "ask_return", return_reason="不属职责")
        return number

    def transferred(self) -> int:
        part = self.part(self.returning(), "城管局")
        form = {"to_organ": self.world.organ("交通局").id}
        self.world.act(self.clerk, "approve_return", form, matter=part)
        return part

    def extending(self) -> int:
        number = self.received()
        self.organ_acts(number, "城管局", "ask_extension", extension_months=1, extension_reason="面广")
        return number

    def opined(self) -> int:
        number = self.handled(co=("财政局",))
        self.organ_acts(number, "财政局", "receive")
        return self.organ_acts(number, "财政局", "give_opinion", opinion="同意")

    def redoing(self) -> int:
        return self.rate(self.answered(), **POOR)

    def deciding(self) -> int:
        number = self.redoing()
        while self.state(number) == "redoing":
            self.organ_acts(number, "城管局", "redo", second_reply="再办", signed_by="局长")
            self.rate(number, **POOR)
        return number

    def implementing(self, **entries: Any) -> int:
        return self.rate(self.answered(**entries), answer_level="满意")

    def implemented(self, **entries: Any) -> int:
        return self.reported(self.implementing(**entries))

    def registered(self, **entries: Any) -> int:
        form = {**COUNTS, **entries}
        return self.world.act(self.clerk, "register", form, practice=self.practice).matter_id

    def checked(self, **entries: Any) -> int:
        number = self.registered(**entries)
        self.world.act(self.world.actor("auditor"), "check_account", matter=number)
        return number

    def dropped(self) -> int:
        number = self.registered()
        self.world.act(self.clerk, "drop", {"doubt": "重复"}, matter=number)
        return number
