"""Members: their accounts, names, faces, languages, sign-in methods and API tokens.

It never knows who is whose friend, and shows nothing about a member but name, handle and face.
"""
