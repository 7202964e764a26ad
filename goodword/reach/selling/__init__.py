"""What a seller sees of her market: what waits its turn and in which order, what to expect before
she shows something, and what came of it.

Everything here counts people in bands and never fewer than five. It never asks whether a friend
turned her market down: who did counts like everybody else, so nothing can tell her
(docs/algorithms/forecast.md). Her order decides which of hers a friend meets first, never when.
"""
