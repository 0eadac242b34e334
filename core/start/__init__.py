"""What a model is: a very small network with real numbers, and counting parameters."""
