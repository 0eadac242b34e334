"""Score the reading of whole numbers, made of single digits by a seed."""
