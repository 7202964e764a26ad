"""The market's pace: which offer stands where in a reader's circle, and what folds behind it.

It owns what was shown to whom, once and for all devices. It never moves a life moment, never shows
what `can_view` or the reader's dials keep away, and tells a seller about no single person.
"""
