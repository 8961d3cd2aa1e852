"""Tests of ``runners.transport``."""
