"""YFX: what is seen of a delegation from outside: frames, tracebacks, context, events, threads."""
