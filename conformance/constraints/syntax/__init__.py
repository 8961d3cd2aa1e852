"""The syntax: where ``yield``, ``return``, ``await`` and ``async`` may stand, and which functions are generators."""
