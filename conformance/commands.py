"""The group of commands of each ``python -m`` program of this project."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

import click


class Commands(click.Group):
    """A group of click that ends with one line when its output cannot be written, such as on a full disk."""

    #: The word before the line, and the exit status.
    word = "Error"
    status = 1

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command that the arguments name, as click does."""
        try:
            return super().main(*arguments, **options)
        except OSError as error:  # click itself knows what a reader that has seen enough is
            _forget_output()
            what = "cannot write the output" if error.filename is None else repr(error.filename)
            click.echo(f"{self.word}: {what}: {error.strerror or error}", err=True)
            sys.exit(self.status)


def _forget_output() -> None:
    """Let what was not written disappear: Python would try to write it again at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
