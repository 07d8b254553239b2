"""Questions to citizens: asked for by a rule, opened by the office, answered by anybody, counted after the last day.

``asking`` lies below ``renda.services.matters``, ``counting`` above it: an action asks, a count moves a matter on.
"""
