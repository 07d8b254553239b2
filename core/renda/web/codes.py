"""An address as a picture for a phone's camera: a QR code, drawn here and asked of no other host."""

from __future__ import annotations

import segno
from markupsafe import Markup


def code_of(address: str, label: str) -> Markup:
    """The SVG of an address, to stand in a page; its size is the style sheet's. ``label`` is for screen readers."""
    drawn = segno.make(address, micro=False, error="m").svg_inline(
        omitsize=True, svgclass="code-picture", lineclass="code-line", border=2
    )
    named = Markup('<svg role="img" aria-label="{}"').format(label)
    return Markup(drawn.replace("<svg", named, 1))  # noqa: S704  (segno writes digits and commands of paths only)
