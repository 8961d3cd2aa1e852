"""YFR: what ``yield from`` delegates in an asynchronous generator."""
