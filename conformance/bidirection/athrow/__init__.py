"""``athrow()``: the exception that it throws, and the effects of that exception."""
