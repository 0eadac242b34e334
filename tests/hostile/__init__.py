"""What strangers send: texts, files and messages that nobody meant the app to get.

Each property is tried on a few cases with every change, and as a proof on 100,000.
"""
