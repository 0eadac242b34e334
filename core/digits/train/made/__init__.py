"""Pictures that the project makes itself to learn from: digits by a synthetic pen, and others."""
