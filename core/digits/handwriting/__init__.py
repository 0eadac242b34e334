"""A reader's own digits: which one to write next, how well they are read, and files of them."""
