"""A case goes into an interpreter under test, and an answer comes back."""
