"""Introspection: the type, attributes, ``collections.abc``, ``inspect``, ``typing``, tracebacks."""
