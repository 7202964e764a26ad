"""What members are told inside the app, and the live stream's announcements.

It knows ids, not members or orders: the domain that tells brings the sentence. It never decides who
may know something, and a notice never says more than its owner may see.
"""
