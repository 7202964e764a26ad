"""Care: returns and disputes about one order line, from the button to the last word.

It owns the case, its evidence, its jury and its clocks' meaning, says what a seller owes by a
decision, and writes an order's evidence file. It never posts money or moves a line itself (money
and orders do, when told), and never shows a juror who the two sides are.
"""
