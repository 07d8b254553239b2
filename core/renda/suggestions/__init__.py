"""The life that all practices about deputies' suggestions share; see ``life.SuggestionLife``."""

from renda.suggestions.accounts import SuggestionAccounts, Tally
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
    "SuggestionAccounts",
    "SuggestionLife",
    "SuggestionParams",
    "Tally",
    "last_rating",
    "level_of",
    "overall_level",
]
