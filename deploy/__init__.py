"""What a server needs that a school can leave running."""
