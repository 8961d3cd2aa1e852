"""The behaviours of asynchronous generators, the sources that they cite, and the programs that test them."""
