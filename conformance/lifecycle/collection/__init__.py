"""Garbage collection: the end of a generator that nobody refers to."""
