"""For tests of practices: a world to act in, Chinese steps for feature files, a conformance kit.

``renda.testing.plugin`` is pytest's plugin. It does nothing until a project names its districts with the
option ``renda_districts``.
"""
