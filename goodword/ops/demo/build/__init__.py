"""The demo town is played, not written: its people act through the same doors as everybody.

`script` puts the town's data in order of time, `stage` performs it with the clock at each beat,
`studio` draws the pictures meanwhile in other processes. Timers ring on the way, so that orders
settle by themselves; ledger, timelines and journal are as real as the members' own.
"""
