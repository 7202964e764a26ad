"""A town that lives for months in seconds while everything goes wrong, and its books stay right."""
