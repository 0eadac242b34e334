"""What the page Teach needs of its own."""
