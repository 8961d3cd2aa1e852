"""Tests of ``runners.plugin``."""
