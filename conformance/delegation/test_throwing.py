"""YFT: ``yield from`` and the exceptions that are thrown into the generator that delegates."""
