"""Random misbehaviour of interpreters, files and moments, thrown at runs of the suite: ``tox run -e hostile``."""
