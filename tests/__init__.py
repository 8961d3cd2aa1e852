"""Tests of the tool itself; their folders mirror those of the tool."""
