"""An explanation cannot lie: what is kept is recomputed from its leaves, and every change is found."""

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda.errors import RendaError
from renda.explain import (
    Explained,
    banded,
    capped,
    chosen,
    cite_rule,
    condition,
    counted,
    digest,
    floored,
    from_json,
    gathered,
    leaf,
    looked_up,
    mean,
    met,
    minus,
    percent,
    ratio,
    replay,
    rounded,
    same,
    times,
    to_json,
    total,
)
from renda.explain.stored import _REBUILD, _seal
from renda.explain.values import read, written

_labels = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
_decimals = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=3)
_fractions = st.fractions(-100, 100, max_denominator=100)
_numbers = st.one_of(st.integers(-1000, 1000), _decimals, _fractions)
_tables = st.dictionaries(_labels, _numbers, min_size=1, max_size=5)
_modes = st.sampled_from(["half_up", "half_even", "down", "up"])


@st.composite
def _looked_up(draw: st.DrawFn) -> Explained:
    table = draw(_tables)
    return looked_up(draw(_labels), draw(st.sampled_from(sorted(table))), table, cites=cite_rule("第八条"))


@st.composite
def _banded(draw: st.DrawFn, parts: st.SearchStrategy[Explained]) -> Explained:
    bounds = draw(st.lists(st.integers(0, 100), min_size=1, max_size=4, unique=True))
    grades = {f"第{at}档": bound for at, bound in enumerate(bounds)}
    grade = banded(draw(_labels), draw(parts), grades, below="无")
    reached = condition("等次", grade, "==", "第0档")
    return chosen(draw(_labels), (reached, draw(parts)), otherwise=draw(_numbers))


@st.composite
def _conditional(draw: st.DrawFn, parts: st.SearchStrategy[Explained]) -> Explained:
    relation = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    first = condition(draw(_labels), draw(parts), relation, draw(_numbers))
    second = condition(draw(_labels), draw(parts), relation, draw(parts))
    both = met(draw(_labels), first, second, need=draw(st.sampled_from([None, 1, 2])))
    return chosen(draw(_labels), (both, draw(parts)), (first, draw(_numbers)), otherwise=draw(parts))


def _composed(parts: st.SearchStrategy[Explained]) -> st.SearchStrategy[Explained]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.builds(times, parts, st.one_of(_numbers, parts), _labels),
        st.builds(lambda label, terms: total(label, *terms), _labels, several),
        st.builds(minus, _labels, parts, parts),
        st.builds(lambda label, part: ratio(label, part, 7), _labels, parts),
        st.builds(rounded, parts, st.integers(0, 4), _modes, _labels),
        st.builds(percent, parts, st.integers(0, 2), _modes, _labels),
        st.builds(lambda label, terms: mean(label, *terms), _labels, several),
        st.builds(capped, parts, st.one_of(_numbers, parts), _labels),
        st.builds(floored, parts, st.one_of(_numbers, parts), _labels),
        _banded(parts),
        _conditional(parts),
    )


_leaves = st.one_of(
    st.builds(leaf, _labels, _numbers),
    _looked_up(),
    st.builds(counted, _labels, st.sets(_labels, max_size=5)),
)
_trees = st.recursive(_leaves, _composed, max_leaves=8)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("parts", ()):
        yield from _nodes(part)


def _resealed(kept: dict[str, Any]) -> dict[str, Any]:
    node = {key: value for key, value in kept.items() if key != "seal"}
    return {**node, "seal": _seal(node)}


def _example() -> Explained:
    grades = {"A+": Decimal(100), "A": Decimal(90), "B+": Decimal(70), "C": Decimal(50)}
    return total(
        "最终得分",
        times(looked_up("答复", "A", grades, cites=cite_rule("第八条")), Decimal("0.4")),
        times(looked_up("办理落实", "B+", grades), Decimal("0.6")),
    )


@given(_trees)
def test_what_is_kept_comes_back_the_same_through_json_text_with_its_keys_in_any_order(tree: Explained) -> None:
    text = json.dumps(to_json(tree), ensure_ascii=False, sort_keys=True)
    back = from_json(json.loads(text))
    assert back == tree
    assert to_json(back) == to_json(tree)
    assert same(back, json.loads(text))
    assert replay(tree) == tree


@given(_trees, st.data())
def test_a_changed_value_of_a_computed_node_is_found_even_where_the_forger_renews_the_seal(
    tree: Explained, draws: st.DataObject
) -> None:
    kept = to_json(gathered("并列", tree, tree))
    computed = [node for node in _nodes(kept) if node["op"] != "leaf"]
    node = draws.draw(st.sampled_from(computed))
    claimed = draws.draw(
        st.one_of(_numbers, st.booleans(), st.none(), _labels).map(written).filter(lambda text: text != node["value"])
    )
    node["value"] = claimed
    with pytest.raises(RendaError) as found:
        replay(_resealed(kept))
    assert found.value.code == "explain.lie"


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(node, dict):
        for key in node:
            yield from _places(node[key], (*path, key))
    elif isinstance(node, list):
        for at, item in enumerate(node):
            yield from _places(item, (*path, at))


@given(_trees, st.data())
def test_any_change_anywhere_is_found(tree: Explained, draws: st.DataObject) -> None:
    kept = to_json(tree)
    path = draws.draw(st.sampled_from([path for path in _places(kept) if path]))
    changed = copy.deepcopy(kept)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    if draws.draw(st.booleans()):
        del holder[path[-1]]
    else:
        others = st.one_of(_labels, _numbers.map(written), st.none(), st.just([]), st.just({}), st.integers())
        holder[path[-1]] = draws.draw(others.filter(lambda other: other != holder[path[-1]]))
    assert not same(tree, changed) or path == ("seal",)
    with pytest.raises(RendaError) as found:
        from_json(changed)
    assert found.value.code in {"explain.lie", "explain.malformed", "explain.seal"}


def _set(path: tuple[Any, ...], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(kept: dict[str, Any]) -> None:
        holder: Any = kept
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_set(("value",), "d:100.0"), "explain.lie"),
        (_set(("parts", 0, "value"), "d:90.0"), "explain.lie"),
        (_set(("parts", 0, "detail", 0), "d:0.5"), "explain.lie"),
        (_set(("parts", 0, "parts", 0, "detail", 1, 1, 1), "d:95"), "explain.lie"),
        (_set(("parts", 0, "parts", 0, "detail", 0), "s:A+"), "explain.lie"),
        (_set(("parts", 0, "parts", 0, "detail", 0), "s:Z"), "explain.malformed"),
        (_set(("parts", 0), {"op": "leaf", "label": "答复", "value": "i:40"}), "explain.lie"),
        (_set(("parts", 0, "parts", 0, "detail", 1, 3, 1), "d:0"), "explain.seal"),
        (_set(("parts", 0, "parts", 0, "cites", 0, 2), "第九条"), "explain.seal"),
        (_set(("label",), "总分"), "explain.seal"),
        (_set(("seal",), "0" * 64), "explain.seal"),
        (_set(("op",), "eval"), "explain.malformed"),
        (_set(("op",), "mean"), "explain.lie"),
        (_set(("note",), "s:"), "explain.seal"),
    ],
)
def test_a_weight_a_table_a_part_a_source_or_a_name_changed_in_the_record_is_found(
    change: Callable[[dict[str, Any]], None], code: str
) -> None:
    kept = to_json(_example())
    change(kept)
    with pytest.raises(RendaError) as found:
        replay(kept)
    assert found.value.code == code


def test_a_weight_on_a_zero_is_under_the_seal_though_the_sum_does_not_show_it() -> None:
    kept = to_json(total("合计", times(leaf("得分", 0), Decimal("0.4"))))
    kept["parts"][0]["detail"] = ["d:0.9"]
    with pytest.raises(RendaError):
        replay(kept)


def test_the_lie_is_told_with_both_values() -> None:
    kept = to_json(_example())
    kept["value"] = "d:100"
    with pytest.raises(RendaError) as found:
        replay(kept)
    assert found.value.message == (
        "“最终得分”记录的结果是 100，按它自己的依据重算是 78；记录被改动过，请与审计记录核对。"
    )


def test_a_broken_record_and_a_broken_seal_say_what_to_do() -> None:
    kept = to_json(_example())
    with pytest.raises(RendaError) as found:
        from_json({**kept, "op": "eval"})
    assert found.value.message == ("“最终得分”的解释无法读取（'eval'）；记录不完整或被改动过，请从备份恢复或重新计分。")
    with pytest.raises(RendaError) as found:
        from_json({**kept, "seal": ""})
    assert found.value.message == ("“最终得分”的解释与它的封签不符；名称、依据、权重或表格被改动过，请与审计记录核对。")


def test_an_object_tampered_with_in_memory_is_found_too() -> None:
    forged = _example()
    Explained.__dict__["value"].__set__(forged, Decimal(100))
    with pytest.raises(RendaError, match=r"explain\.lie"):
        replay(forged)
    Explained.__dict__["value"].__set__(forged, 78.0)
    with pytest.raises(RendaError, match=r"explain\.float"):
        replay(forged)


@pytest.mark.parametrize("kept", [None, [], "x", 3, {}, {"op": "leaf"}, {"op": "leaf", "label": 3, "value": "i:1"}])
def test_what_is_no_explanation_is_not_read(kept: Any) -> None:
    with pytest.raises(RendaError) as found:
        from_json(kept)
    assert found.value.code == "explain.malformed"


def test_a_record_nested_without_end_is_refused() -> None:
    kept: dict[str, Any] = {"op": "leaf", "label": "值", "value": "i:1"}
    for _ in range(100):
        kept = {"op": "total", "label": "值", "value": "i:1", "parts": [kept]}
    with pytest.raises(RendaError) as found:
        from_json(_resealed(kept))
    assert found.value.code == "explain.malformed"


@pytest.mark.parametrize(
    "text",
    [
        "d:NaN", "d:1E+999999999", "d:1_0", "d:１", "d: 1", "i:01", "i:+1", "i:" + "9" * 5000,
        "f:2/4", "f:1/0", "f:1", "f:1e9", "b:2", "x:1", "1", "", 1, 1.0, True, [],
    ],
)  # fmt: skip
def test_a_value_written_in_any_other_way_is_not_read(text: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        read(text)


@given(st.one_of(_numbers, _labels, st.booleans(), st.none()))
def test_every_value_is_read_as_it_was_written(value: Any) -> None:
    back = read(written(value))
    assert type(back) is type(value)
    assert str(back) == str(value)


def test_two_kept_forms_share_nothing_that_could_be_changed() -> None:
    first, second = to_json(_example()), to_json(_example())
    first["parts"][0]["parts"][0]["detail"][1][0][1] = "d:1"
    assert second == to_json(_example())
    assert same(_example(), second)
    assert not same(_example(), first)


def test_the_digest_is_the_seal_and_differs_where_the_reasons_differ() -> None:
    assert digest(_example()) == to_json(_example())["seal"]
    by_rule, by_hearsay = leaf("得分", 78, cite_rule("第八条")), leaf("得分", 78)
    assert digest(by_rule) != digest(by_hearsay)


def test_a_count_of_many_is_replayed_and_cannot_be_made_of_few() -> None:
    kept = to_json(counted("建议", map(str, range(201))))
    assert replay(kept).value == 201
    with pytest.raises(RendaError, match=r"explain\.lie"):
        replay(_resealed({**kept, "value": "i:300"}))
    with pytest.raises(RendaError, match=r"explain\.malformed"):
        replay(_resealed({**kept, "value": "i:3", "detail": ["i:3", kept["detail"][1]]}))


def test_every_combinator_is_replayed() -> None:
    yes = condition("条件", Fraction(1, 2), "<", 1)
    trees = [
        leaf("值", None), looked_up("值", "A", {"A": "优"}), counted("值", []), times(1, 2), total("值"), minus("值", 1, 2),
        ratio("值", 1, 0), rounded(1, 0), percent(1, 0), mean("值", 1), capped(1, 2), floored(1, leaf("", 2)),
        gathered("值", yes), banded("值", 1, {"优": 0}, top=3, below="无"), yes, met("值", yes, need=1),
        chosen("值", (yes, "甲"), otherwise=2),
    ]  # fmt: skip
    assert {tree.op for tree in trees} == set(_REBUILD)
    for tree in trees:
        assert replay(tree) == tree
