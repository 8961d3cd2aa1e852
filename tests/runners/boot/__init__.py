"""Tests of ``runners.boot``."""
