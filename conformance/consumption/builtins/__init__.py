"""The built-in functions ``aiter()``, ``anext()`` and ``next()`` with an asynchronous generator as argument."""
