"""What every practice has to hold, made from its own class: refusals, forms, walks, scores, answers, files.

from renda.testing import conformance

@pytest.mark.parametrize("check", conformance.checks(MyPractice, PARAMS), ids=str)
def test_the_practice_holds_what_every_practice_has_to(check): check()
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from random import Random
from typing import Any

from renda.errors import RendaError
from renda.explain import replay, to_json
from renda.kinds import Action, Kind
from renda.matter import ROLES
from renda.practice import Practice
from renda.services import scores, upkeep
from renda.services.reading import find, rules_of, view
from renda.testing import need_to_know, proofs
from renda.testing.factories import World
from renda.testing.samples import wrong_for
from renda.testing.stands import STRANGER, allowed_actor, somebody
from renda.testing.walks import Begun, Samples, Walks

UNSEEN = {"matter.not_yours", "matter.unknown"}


@dataclass(frozen=True)
class Check:
    """One thing a practice has to hold; call it to find out. Fails with an ``AssertionError``."""

    name: str
    run: Callable[[], None]

    def __call__(self) -> None:
        """Check it."""
        self.run()

    def __str__(self) -> str:
        return self.name


def checks(
    practice: type[Practice], params: str, samples: Samples | None = None, begun: Begun | None = None
) -> list[Check]:
    """All checks of a practice under these parameters.

    ``params``: the TOML text of ``[version.params]``, or of a district's whole file. ``samples``: entries of
    forms by the action's name, where none can be guessed; a function of the ``World`` where people or organs
    are needed. ``begun``: for states no guessing leads to, by (kind, state), a function that opens a matter
    in the ``World``, leads it there and answers its number. Nothing is opened until a check is called.
    """
    kit = Kit(practice, params, samples or {}, begun or {})
    return [*kit.refusals(), *kit.forms(), *kit.states(), *kit.answers(), *kit.files(), *kit.words(), *kit.secrets()]


class Kit:
    """The checks of one practice; what they lead to a state is led there once."""

    def __init__(self, practice: type[Practice], params: str, samples: Samples, begun: Begun) -> None:
        self.practice = practice
        self.begun = begun
        self.params = params
        self.samples = samples
        self.every = [(kind, action) for kind in practice.kind_of.values() for action in kind.actions.values()]

    @cached_property
    def grounds(self) -> World:
        """A world in which nothing has been done."""
        return self.walks.grounds.fresh()

    @cached_property
    def walks(self) -> Walks:
        """The worlds in which matters are led about."""
        return Walks(self.practice, self.params, self.samples, self.begun)

    def refusals(self) -> Iterator[Check]:
        """Each action: not in a state, not by a role, where it is not written."""
        for kind, action in self.every:
            if action.when is not None:
                for state, label in kind.states.items():
                    if not kind.allows(action, state):
                        run = partial(self._not_now, kind, action, state)
                        yield Check(f"“{action.label}”在“{label}”时被拒绝", run)
            for role in ROLES:
                if role not in action.by:
                    yield Check(
                        f"“{action.label}”由{ROLES[role]}来做被拒绝", partial(self._not_theirs, kind, action, role)
                    )

    def _not_now(self, kind: Kind, action: Action, state: str) -> None:
        stand = self.walks.stand(kind.code, state)
        entries = next(self.walks.forms(stand.world, action))
        actor = allowed_actor(stand.world, kind, action, stand.matter, entries)
        allowed = {"matter.not_now"} if proofs.may(stand, action, actor) else UNSEEN
        proofs.refused(stand.world, actor, action, entries, codes=allowed, target={"matter": stand.number})

    def _not_theirs(self, kind: Kind, action: Action, role: str) -> None:
        world, target = self._place(kind, action)
        entries = next(self.walks.forms(world, action))
        proofs.refused(world, somebody(world, role, STRANGER), action, entries, codes=UNSEEN, target=target)

    def _place(self, kind: Kind, action: Action) -> tuple[World, dict[str, Any]]:
        """Where the action is possible: a matter in its first state, or what it opens in."""
        if action.when is not None:
            stand = self.walks.ready(kind, action)
            return stand.world, {"matter": stand.number}
        if kind.within is None:
            return self.grounds, {"practice": self.walks.code}
        around = self.practice.kind_of[kind.within]
        state = next((state for state in around.states if state in action.around), next(iter(around.states)))
        stand = self.walks.stand(around.code, state)
        return stand.world, {"practice": self.walks.code, "parent": stand.number}

    def forms(self) -> Iterator[Check]:
        """Each form: nothing missing, nothing unknown, nothing of a wrong sort."""
        for kind, action in self.every:
            known = {} if action.form is None else action.form().fields
            run = partial(self._wrong_form, kind, action)
            yield Check(f"“{action.label}”的表单不收不认识的条目", partial(run, "zz_unknown", "甲"))
            for name, field in known.items():
                if field.required:
                    yield Check(f"“{action.label}”的表单缺“{name}”被拒绝", partial(run, name, None))
                wrong = wrong_for(field)
                if wrong is not None:
                    yield Check(f"“{action.label}”的表单里“{name}”不收不对的内容", partial(run, name, wrong))

    def _wrong_form(self, kind: Kind, action: Action, entry: str, value: Any) -> None:
        world, target = self._place(kind, action)
        good = next(self.walks.forms(world, action))
        matter = world.matter(target["matter"]) if "matter" in target else None
        entries = {name: kept for name, kept in good.items() if name != entry}
        if value is not None:
            entries[entry] = value
        actor = allowed_actor(world, kind, action, matter, good)
        refusal = proofs.refused(world, actor, action, entries, codes={"form.invalid"}, target=target)
        assert any(name.partition(".")[0] == entry for name in refusal.fields), f"没有指出“{entry}”:{refusal}"

    def states(self) -> Iterator[Check]:
        """Each state can be reached, its score replayed, its deadlines told."""
        for kind in self.practice.kind_of.values():
            for state, label in kind.states.items():
                yield Check(f"“{kind.title}”走得到“{label}”", partial(self._reached, kind, state))

    def _reached(self, kind: Kind, state: str) -> None:
        stand = self.walks.stand(kind.code, state)
        with stand.world.reading() as desk:
            row = find(desk, stand.number)
            matter, rules = view(desk, row), rules_of(desk, row)
            assert matter.state == state
            assert matter.title.strip(), "事项没有名称。"
            found = scores.asked(rules, matter)
            if found is not None:
                replay(to_json(found))
            upkeep.deadlines(desk, rules, matter)
        proofs.all_answer(stand.world)

    def answers(self) -> Iterator[Check]:
        """The questions to everyone, where there is nothing to tell of yet."""
        yield Check("没有任何事项时,各个问题都答得上", lambda: proofs.all_answer(self.grounds))

    def files(self) -> Iterator[Check]:
        """The parameters: nothing unknown, nothing missing."""
        yield Check("参数不收不认识的键", partial(self._wrong_params, "zz_unknown", 1))
        for name, field in self.practice.Params().fields.items():
            if field.required:
                yield Check(f"参数缺“{name}”被拒绝", partial(self._wrong_params, name, None))

    def _wrong_params(self, name: str, value: Any) -> None:
        raw = tomllib.loads(self.params, parse_float=Decimal)
        params = dict(raw["version"][-1].get("params", {}) if "version" in raw else raw)
        params.pop(name, None)
        if value is not None:
            params[name] = value
        refusal = None
        try:
            self.practice.Params().read(params)
        except RendaError as error:
            refusal = error
        assert refusal is not None, "没有被拒绝。"
        assert name in refusal.fields, f"没有指出“{name}”:{refusal}"

    def secrets(self) -> Iterator[Check]:
        """Of a matter that somebody may not see, that person reads nothing at any address.

        Asked of one state of each kind, which the environment's ``CONFORMANCE_SEED`` chooses; of every state where it
        is ``every``.
        """
        seed = os.environ.get("CONFORMANCE_SEED", "0")
        for kind in self.practice.kind_of.values():
            chosen = Random(f"{self.practice.plugin} {kind.code} {seed}").choice(list(kind.states))
            for state, label in kind.states.items():
                if seed == "every" or state == chosen:
                    run = partial(self._kept_secret, kind, state)
                    yield Check(f"“{kind.title}”在“{label}”时,不能查看的人从哪里都读不到", run)

    def _kept_secret(self, kind: Kind, state: str) -> None:
        world = self.walks.grounds.copy(self.walks.stand(kind.code, state).world)
        need_to_know.mark(world)
        found = need_to_know.leaks(world)
        assert not found, "\n".join(str(leak) for leak in found)

    def words(self) -> Iterator[Check]:
        """Everything a person reads has a name."""
        yield Check("办法、状态、动作和条目都有中文名称", self._named)

    def _named(self) -> None:
        assert self.practice.title, "办法没有 title。"
        for kind, action in self.every:
            assert kind.title, f"“{kind.code}”没有名称。"
            assert action.label, f"{action.name} 没有名称。"
            for name, field in ({} if action.form is None else action.form().fields).items():
                assert field.metadata.get("label"), f"“{action.label}”的条目 {name} 没有 label。"
        for name, field in self.practice.Params().fields.items():
            assert field.metadata.get("label"), f"参数 {name} 没有 label。"
