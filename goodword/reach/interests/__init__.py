"""What members say they like: chosen by themselves, from the house's vocabulary (kit.interests).

It helps to rank what they are shown and is the reason that they read. No other member is told,
and no seller; nothing is chosen for anybody.
"""
