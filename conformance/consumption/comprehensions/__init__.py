"""Comprehensions and generator expressions that iterate an asynchronous generator, or that are one."""
