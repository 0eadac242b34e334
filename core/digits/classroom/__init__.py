"""A class writes digits: who may, what they are together, and what a network learns of them."""
