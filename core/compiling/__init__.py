"""The loops of lessons and training, compiled before anybody waits for them.

numba keeps what it compiles on disk, so only the first call on a computer waits for it.

>>> from core.compiling.loops import compile_loops
>>> next(compile_loops())
'lines/one_weight'
"""
