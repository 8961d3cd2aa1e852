"""How a behaviour reaches an interpreter, and what came back."""
