"""The behaviours of PEP 828 on a Python without it: the expansion that the PEP gives, and wrong expansions."""
