"""``athrow()``: the exception that goes in, and its effects."""
