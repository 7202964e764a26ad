"""The whole house in one file, and the file made a house again.

It reads a house while that is open, and fills only what was empty. It never changes the house that
it reads, never takes an older file's place, and looks a file through before it believes a word of
it. See docs/operations/backup.md.
"""
