"""The kinds of entries a form, a payload or a district's file can hold.

They are marshmallow's fields with Chinese sentences for mistakes, without ``Float`` (no float reaches a
rule), and with the nouns of the house: a person, a deputy, an official, an organ, a project. Every field takes
``label`` (what a form calls it) and may take ``hint``; a field that names somebody may take ``relation``,
and the matter then keeps who stands in that relation to it.
"""

from renda.fields.blocks import Table
from renda.fields.counting import CountingRule
from renda.fields.entries import Bool, Choice, Date, Decimal, Dict, Int, List, Nested, Span, Str, Text, TextFile, Year
from renda.fields.references import Deputy, MatterNumber, Official, Organ, Person, Project, Reference

__all__ = [
    "Bool",
    "Choice",
    "CountingRule",
    "Date",
    "Decimal",
    "Deputy",
    "Dict",
    "Int",
    "List",
    "MatterNumber",
    "Nested",
    "Official",
    "Organ",
    "Person",
    "Project",
    "Reference",
    "Span",
    "Str",
    "Table",
    "Text",
    "TextFile",
    "Year",
]
