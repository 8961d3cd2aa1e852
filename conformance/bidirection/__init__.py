"""Sending, throwing and closing, exceptions, operations that overlap, and the table of states."""
