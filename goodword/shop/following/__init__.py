"""Following a public shop without knowing its owner: its offers come, moments never do."""
