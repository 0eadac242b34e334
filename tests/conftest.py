from hypothesis import settings

# The same examples every time: what CI says depends on the change alone. Noisy machines have no
# deadline.
settings.register_profile("ci", derandomize=True, deadline=None)
