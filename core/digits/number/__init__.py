"""Read whole numbers: find the rows of digits, and how they split into digits."""
