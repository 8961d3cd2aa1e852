"""The files that a run reads and leaves behind: results and baselines."""
