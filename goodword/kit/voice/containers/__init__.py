"""One module for each kind of file: `walk` follows its parts from the first byte to the last.

Nothing is decoded. What does not tile the file exactly is incomplete, damaged, or another file.
"""

# Parts in one file. Recorders write a few thousand for a minute; walking this many is still quick.
MAX_PARTS = 50_000
