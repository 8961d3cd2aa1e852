"""Constraints: the syntax, and the little that depends on an event loop."""
