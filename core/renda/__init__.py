"""Renda 人大: what a plugin may import. Everything else may change without notice."""

from renda import fields
from renda.answers import (
    Change,
    Deadline,
    Entry,
    Fact,
    Follow,
    Link,
    Opening,
    Paper,
    Problem,
    Section,
    Sheet,
)
from renda.deadlines import Span, due
from renda.errors import RendaError, declare
from renda.explain import (
    Explained,
    banded,
    capped,
    condition,
    counted,
    gathered,
    leaf,
    looked_up,
    mean,
    met,
    minus,
    percent,
    ratio,
    rounded,
    times,
    total,
)
from renda.kinds import Kind, action
from renda.matter import Matter, Party
from renda.practice import Practice, hookimpl
from renda.schema import Schema

__all__ = [
    "Change",
    "Deadline",
    "Entry",
    "Explained",
    "Fact",
    "Follow",
    "Kind",
    "Link",
    "Matter",
    "Opening",
    "Paper",
    "Party",
    "Practice",
    "Problem",
    "RendaError",
    "Schema",
    "Section",
    "Sheet",
    "Span",
    "action",
    "banded",
    "capped",
    "condition",
    "counted",
    "declare",
    "due",
    "fields",
    "gathered",
    "hookimpl",
    "leaf",
    "looked_up",
    "mean",
    "met",
    "minus",
    "percent",
    "ratio",
    "rounded",
    "times",
    "total",
]
