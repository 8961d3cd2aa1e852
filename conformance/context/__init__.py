"""Surroundings: context variables, handled exceptions, tracing, nesting, forms of definition."""
