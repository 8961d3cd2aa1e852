"""Wrong Pythons, made by changing the text of the behaviours: each must be caught by the behaviours that it touches."""
