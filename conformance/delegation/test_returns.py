"""RTV: ``return`` with a value in an asynchronous generator."""
