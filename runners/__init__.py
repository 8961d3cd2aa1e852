"""Send behaviours to an interpreter, and record its answers."""
