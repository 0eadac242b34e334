"""MNIST's images, read once for all readers."""

import streamlit as st

from core.digits import mnist


@st.cache_resource(max_entries=2, show_spinner=False)
def mnist_part(split: str) -> mnist.Digits:
    return mnist.load(split)
