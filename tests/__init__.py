"""Tests of the tool itself; the folders mirror those of the tool."""
