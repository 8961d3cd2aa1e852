"""The awaitables of ``__anext__()``, ``asend()``, ``athrow()`` and ``aclose()``, driven by hand."""
