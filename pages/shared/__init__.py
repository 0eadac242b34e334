"""What several pages use. Pages import from here and from ``core``, never from each other."""
