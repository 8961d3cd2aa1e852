"""Consumption: ``async for``, comprehensions, ``aiter``/``anext``, the library, and synchronous consumers."""
