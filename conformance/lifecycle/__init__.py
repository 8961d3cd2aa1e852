"""Life and death: the hooks, collection, shutdown, warnings."""
