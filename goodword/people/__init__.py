"""Members: their accounts, names, faces, languages, ways to sign in, API tokens; letters to them.

It never knows who is whose friend. To others it shows a member's handle, name, face, own few words
and day of joining, and nothing else.
"""
