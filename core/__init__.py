"""What the app teaches, computes and keeps; plain Python that knows nothing of Streamlit."""

from core.compiling.cache import ensure_cache

ensure_cache()  # before numba is imported
