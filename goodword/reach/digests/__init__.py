"""The market of friends whom a reader wants to meet once a day, together: kept, told, opened."""
