"""The garbage collection of a generator that nothing refers to."""
