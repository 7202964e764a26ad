"""Seeing one's own page as a friend does: exactly what they may see, and nothing about them."""
