"""Tests of ``runners.machine``."""
