"""What reaches whom, and when: the timeline, the market's pace, the live stream.

Its rows are an index that can be rebuilt, never an authority: every read asks the circle's
`can_view` again. It never delays or drops a life moment.
"""
