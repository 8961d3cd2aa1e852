"""Constraints: the syntax, and what does (and does not) depend on an event loop."""
