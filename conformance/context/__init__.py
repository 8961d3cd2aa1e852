"""The context of a body: context variables, handled exceptions, tracing, nesting and forms of definition."""
