"""Programs that take ``-c PROGRAM`` for an implementation that is not an ordinary process."""
