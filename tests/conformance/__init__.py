"""Tests of ``conformance``."""
