"""Tables that people fill in and bring: the roster, matters to be opened, figures of a quarter.

Each can be had as a template, tried, imported whole or not at all, imported again without anything double, and
exported in the same shape. ``renda.services.imports`` is for a district's folder of spreadsheets.
"""

from __future__ import annotations

from renda.services.tables.bringing import MOST_ROWS, SUFFIXES, Brought, Progress, bring
from renda.services.tables.catalogue import Entry, find, listed, waiting
from renda.services.tables.shapes import SORTS, Column, Table

__all__ = [
    "MOST_ROWS",
    "SORTS",
    "SUFFIXES",
    "Brought",
    "Column",
    "Entry",
    "Progress",
    "Table",
    "bring",
    "find",
    "listed",
    "waiting",
]
