"""Handwritten digits: read MNIST, train a network on it, and recognise what a person draws."""
