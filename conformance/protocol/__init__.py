"""The objects and the protocol: what a call returns, what the awaitables are and do."""
