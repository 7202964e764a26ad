"""What reaches whom, and when: the timeline, the market's pace, the live stream, the search.

It owns what was shown to whom, what members like and let be learnt, digests, and what a seller may
read of it all. The timeline's rows are an index that can be rebuilt, never an authority: every read
asks the circle's `can_view` again. It never delays or drops a life moment.
"""
