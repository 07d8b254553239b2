"""The life that all practices about deputies' suggestions share; see ``life.SuggestionLife``."""

from renda.suggestions.kinds import ANSWER, IMPLEMENTATION, STAGES, last_rating, level_of, overall_level
from renda.suggestions.life import SuggestionLife
from renda.suggestions.params import DISSATISFIED, LEVELS, MOSTLY, SATISFIED, SuggestionParams

__all__ = [
    "ANSWER",
    "DISSATISFIED",
    "IMPLEMENTATION",
    "LEVELS",
    "MOSTLY",
    "SATISFIED",
    "STAGES",
    "SuggestionLife",
    "SuggestionParams",
    "last_rating",
    "level_of",
    "overall_level",
]
