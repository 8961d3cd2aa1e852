"""The interpreters and implementations on this computer, and the command that starts each of them."""
