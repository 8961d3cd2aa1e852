"""The interpreters and implementations of this computer, and the command that starts each."""
