"""What the lessons are measured beside, where several rows need it."""
