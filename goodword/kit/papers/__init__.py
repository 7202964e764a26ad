"""Papers that people send as PDF: each page is drawn in a process of its own and kept as a picture.

Nothing that a PDF can carry (scripts, forms, links, files) reaches whoever reads it, and the file
that was sent is not kept. What may see the pictures is the caller's to decide
(docs/decisions/0081-papers-as-pictures.md).
"""

from .admission import Readable, pages_of, save_papers

__all__ = ["Readable", "pages_of", "save_papers"]
