"""Planes: two inputs, and the line or curve that parts two classes of points."""
