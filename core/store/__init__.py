"""The memory of runs: a database of training runs, their epochs, and the models saved of them."""
