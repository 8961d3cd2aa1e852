"""Consuming: ``async for``, comprehensions, ``aiter``/``anext``, the library, and what must refuse."""
