"""What starts an implementation that is no ordinary process, and takes ``-c PROGRAM`` in its place."""
