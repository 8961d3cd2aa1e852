"""YFC: ``yield from`` and closing: GeneratorExit, ``aclose()`` and finalization."""
