"""The measures of GB/T 9704-2012, in the units Word keeps them in: twips (1/1440 inch), points and half points."""

from __future__ import annotations

from fractions import Fraction

TWIPS_PER_MM = Fraction(1440, 1) / Fraction(254, 10)

TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
"""天头、订口、切口、地脚, in mm: the text is 156 mm wide and 225 mm high (§5.2)."""
EMU = 635
"""Parts of a twip in which Word keeps the width of a cell."""
PAPER = (210, 297)
TEXT_WIDTH, TEXT_HEIGHT = PAPER[0] - LEFT - RIGHT, PAPER[1] - TOP - BOTTOM
CHARACTERS, LINES = 28, 22

LINE = 579
"""A line in twips: 22 of them fill 225 mm."""
BODY, SMALL, TITLE = 16, 14, 22
"""3 号, 4 号 and 2 号, in points."""
TIGHT = -5
"""Between characters, in twips: 28 characters of 16 pt less 0.25 pt fill 156 mm; without it 27 would fit."""
CHARACTER = BODY * 20 + TIGHT
"""A character of the text with what follows it, in twips."""

HEAD_BELOW_TOP = 35
"""The red head stands 35 mm below the upper edge of the text (§7.2.4)."""
LINE_BELOW_NUMBER = 4
LETTER_HEAD = 30
"""In a letter the head stands 30 mm below the edge of the paper (§10.1)."""
LETTER_LINE = 170
"""The double lines of a letter are 170 mm long and stand in the middle of the paper."""
LETTER_FOOT = 20
PAGE_NUMBER_BELOW = 7
"""The dashes of a page number stand 7 mm below the text (§7.5)."""

RED = "FF0000"
THICK, THIN = 8, 6
"""Lines of the imprint (版记), in eighths of a point: 0.35 mm and 0.25 mm."""


def twips(millimetres: int | Fraction) -> int:
    """Millimetres in twips."""
    return round(millimetres * TWIPS_PER_MM)
