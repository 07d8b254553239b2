"""Numbers with their reasons: made by combinators, kept as JSON, replayed by the core without the plugin.

``total("最终得分", times(looked_up("答复", "A", grades), weight), …)`` is an ``Explained``; ``to_json`` keeps
it, ``replay`` recomputes every value from the leaves, ``sentence`` and ``outline`` show it, ``unmet`` says
why not.
"""

from renda.explain.arithmetic import (
    capped,
    counted,
    floored,
    gathered,
    leaf,
    looked_up,
    mean,
    minus,
    percent,
    ratio,
    rounded,
    times,
    total,
)
from renda.explain.conditions import banded, chosen, condition, met, unmet
from renda.explain.explained import (
    Cite,
    Explained,
    cite_ballot,
    cite_fact,
    cite_matter,
    cite_rating,
    cite_rule,
)
from renda.explain.stored import digest, from_json, replay, same, to_json
from renda.explain.told import Row, outline, sentence
from renda.explain.values import Number, Value, shown
from renda.explain.words import shown_value

__all__ = [
    "Cite",
    "Explained",
    "Number",
    "Row",
    "Value",
    "banded",
    "capped",
    "chosen",
    "cite_ballot",
    "cite_fact",
    "cite_matter",
    "cite_rating",
    "cite_rule",
    "condition",
    "counted",
    "digest",
    "floored",
    "from_json",
    "gathered",
    "leaf",
    "looked_up",
    "mean",
    "met",
    "minus",
    "outline",
    "percent",
    "ratio",
    "replay",
    "rounded",
    "same",
    "sentence",
    "shown",
    "shown_value",
    "times",
    "to_json",
    "total",
    "unmet",
]
