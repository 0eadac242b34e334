"""What a page asks its reader, and what is kept of the answers."""
