"""The life cycle of a generator: hooks, collection, shutdown and warnings."""
