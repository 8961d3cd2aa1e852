"""Tests of ``runners.record``."""
