"""Measures the app over HTTP against the same work as raw SQL, in one run on one database."""
