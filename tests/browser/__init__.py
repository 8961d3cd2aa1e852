"""The site in a real browser: ``tox run -e browser``."""
