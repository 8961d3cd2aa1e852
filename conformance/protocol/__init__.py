"""The asynchronous generator object and its protocol, and the awaitables that its methods return."""
