"""Home: how far one is with what its rungs ask."""
