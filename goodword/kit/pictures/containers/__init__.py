"""One module for each kind of file: it walks the structure, measures, and cuts out one still.

Each has `read(raw, limits) -> Still`, decodes no pixels, and raises a refusal for everything it
doesn't understand.
"""
