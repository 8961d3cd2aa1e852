"""SAI: ``StopAsyncIteration.value``."""
