"""Asynchronous comprehensions and generator expressions: over a generator, and as one."""
