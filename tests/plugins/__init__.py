"""The suite beside other plugins of pytest: ``tox run -e plugins``."""
