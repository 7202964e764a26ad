"""The drawing studio: every picture of the demo town, painted from a scene's name and a seed.

It owns nothing and stores nothing: `draw` and `portrait` give JPEG bytes, the same for the same
arguments on every machine with the same Pillow, and know neither Django nor the database. It never
reads a picture from outside and never writes a word, because it cannot rely on any font.
"""
