"""A practice that cannot work is refused when its class is defined, in words its author understands."""

from collections.abc import Callable
from typing import Any

import pytest
from kernel.conftest import refusal

from renda import Kind, Practice, Schema, action, fields
from renda.rulebook import practice_class


class Say(Schema):
    """A form."""

    title = fields.Str(required=True, label="标题")


class SayOtherwise(Schema):
    """A form with the same entry of another sort."""

    title = fields.Int(label="标题")


def nothing() -> type:
    class Nothing(Practice):
        pass

    return Nothing


def no_opening() -> type:
    class NoOpening(Practice):
        states = {"a": "甲"}
        ends = ("a",)

    return NoOpening


def unknown_state() -> type:
    class UnknownState(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="b")
        def note(self, matter: Any) -> None: ...

    return UnknownState


def unreachable() -> type:
    class Unreachable(Practice):
        states = {"a": "甲", "b": "乙"}
        ends = ("a", "b")

        @action("登记", by="clerk", when=None, then="a")
        def note(self, matter: Any) -> None: ...

    return Unreachable


def dead_end() -> type:
    class DeadEnd(Practice):
        states = {"a": "甲", "b": "乙"}
        ends = ("b",)

        @action("登记", by="clerk", when=None, then=("a", "b"))
        def note(self, matter: Any) -> None: ...

        @action("补充", by="clerk", when="a", then="a")
        def more(self, matter: Any) -> None: ...

    return DeadEnd


def unknown_actor() -> type:
    class UnknownActor(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="mayor", when=None, then="a")
        def note(self, matter: Any) -> None: ...

    return UnknownActor


def unknown_kind() -> type:
    class UnknownKind(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="a", kind="other")
        def note(self, matter: Any) -> None: ...

    return UnknownKind


def clashing() -> type:
    class Clashing(Practice):
        states = {"a": "甲", "b": "乙"}
        ends = ("b",)

        @action("登记", by="clerk", when=None, then="a", data=Say)
        def note(self, matter: Any) -> None: ...

        @action("改写", by="clerk", when="a", then="b", data=SayOtherwise)
        def change(self, matter: Any) -> None: ...

    return Clashing


def too_many_arguments() -> type:
    class TooMany(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="a", data=Say)
        def note(self, matter: Any, one: Any, other: Any) -> None: ...

    return TooMany


def form_without_data() -> type:
    class FormWithoutData(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="a")
        def note(self, matter: Any, form: Any) -> None: ...

    return FormWithoutData


REFUSED: list[tuple[Callable[[], type], str, str]] = [
    (nothing, "practice.no_kind", "Nothing 没有说明它办理什么:写 states,或者写 kinds。"),
    (no_opening, "practice.no_opening", "NoOpening 的“test_defining”没有开启的动作:至少要有一个 when=None 的动作。"),
    (
        unknown_state,
        "practice.unknown_state",
        "UnknownState 的动作“登记”提到状态“b”,“test_defining”没有这个状态。已有:a。",
    ),
    (
        unreachable,
        "practice.unreachable_state",
        "Unreachable 的“test_defining”到不了状态“b”:要有动作以它为结果。",
    ),
    (
        dead_end,
        "practice.dead_end",
        "DeadEnd 的“test_defining”离不开状态“a”:要有动作从它出发,或者把它列入 ends。",
    ),
    (
        unknown_actor,
        "practice.unknown_actor",
        "UnknownActor 的动作“登记”由“mayor”做出,但没有这个角色,“test_defining”也没有条目用 relation 写明这个关系。",
    ),
    (unknown_kind, "practice.unknown_kind", "UnknownKind 的动作“登记”属于“other”,没有这类事项。"),
    (clashing, "practice.clashing_field", "Clashing 的“test_defining”里,条目“title”有两种写法。"),
    (
        too_many_arguments,
        "practice.bad_signature",
        "TooMany.note 的参数应为 matter、turn 和一个表单,实际是 matter、one、other。",
    ),
    (
        form_without_data,
        "practice.bad_signature",
        "FormWithoutData.note 的参数应为 matter、turn 和一个表单,实际是 matter、form。",
    ),
]


@pytest.mark.parametrize(("define", "code", "words"), REFUSED, ids=[define.__name__ for define, _, _ in REFUSED])
def test_a_practice_that_cannot_work_is_refused_when_defined(define: Callable[[], type], code: str, words: str) -> None:
    found = refusal(define)
    assert found.code == code
    assert found.status == 500
    assert found.message.removeprefix(f"{__name__}.") == words


def test_an_abstract_base_is_not_checked_until_it_is_made_concrete() -> None:
    class Base(Practice):
        abstract = True

        @action("登记", by="clerk", when=None, then="a")
        def note(self, matter: Any) -> None: ...

    class Concrete(Base):
        states = {"a": "甲"}
        ends = ("a",)

    assert Base.abstract
    assert not Concrete.abstract
    assert list(Concrete.kind_of) == ["test_defining"]
    assert list(Concrete.kind_of["test_defining"].actions) == ["note"]


def test_a_subclass_may_write_an_action_anew() -> None:
    class First(Practice):
        states = {"a": "甲"}
        ends = ("a",)

        @action("登记", by="clerk", when=None, then="a")
        def note(self, matter: Any) -> None: ...

    class Second(First):
        @action("重新登记", by="chair", when=None, then="a")
        def note(self, matter: Any) -> None: ...

    assert [each.label for each in First.kind_of["test_defining"].actions.values()] == ["登记"]
    assert [each.label for each in Second.kind_of["test_defining"].actions.values()] == ["重新登记"]


def test_a_kind_tells_what_is_possible_awaited_and_related() -> None:
    class Whole(Practice):
        kinds = (Kind("one", "一", {"a": "甲", "b": "乙", "c": "丙"}, frozenset({"c"})),)

        class Asked(Schema):
            """Names somebody."""

            who = fields.Deputy(label="谁", relation="proposer")
            where = fields.List(fields.Organ(), label="哪里", relation="assignee")

        @action("提出", by="proposer", when=None, then="a", data=Asked)
        def ask(self, matter: Any) -> None: ...

        @action("撤回", by="proposer", when="*", then="c", aside=True)
        def withdraw(self, matter: Any) -> None: ...

        @action("推进", by=["clerk", "assignee"], when=["a"], then="b")
        def push(self, matter: Any) -> None: ...

    kind = Whole.kind_of["one"]
    assert [each.name for each in kind.openings] == ["ask"]
    assert [each.name for each in kind.possible("a")] == ["withdraw", "push"]
    assert [each.name for each in kind.possible("b")] == ["withdraw"]
    assert kind.possible("c") == ()
    awaited = kind.awaited("a")
    assert awaited is not None
    assert awaited.by == ("clerk", "assignee")
    assert kind.awaited("b") is None
    assert kind.relations == {"who": ("proposer", "person"), "where": ("assignee", "organ")}


def test_a_practice_is_asked_only_for_kinds_it_has() -> None:
    practice = practice_class("segmented_scoring")
    found = refusal(lambda: object.__new__(practice).kind("lift"))
    assert (found.code, found.status) == ("practice.no_such_kind", 404)
    assert found.message.startswith("“代表建议百分制分段评价”不办理“lift”。可选:")
