"""Send cases to an interpreter under test, and receive its answers."""
