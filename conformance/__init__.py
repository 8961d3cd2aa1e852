"""What is tested: the behaviours of asynchronous generators, their sources, and how one becomes a program."""
