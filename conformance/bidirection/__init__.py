"""Both directions: ``asend``, ``athrow``, ``aclose``, exceptions, overlap, and the table of states."""
