"""Introspection: the type, the attributes, ``collections.abc``, ``inspect``, ``typing`` and tracebacks."""
