"""Delegation with ``yield from`` and return values in asynchronous generators, as PEP 828 adds them to Python 3.16."""
