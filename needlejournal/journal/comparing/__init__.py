"""How far two photos may be compared, judged from facts and measures. Knows no pixels."""
