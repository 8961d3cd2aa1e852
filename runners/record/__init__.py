"""The state of a run, and the files that it reads and writes: results and baselines."""
