"""What one writes into: lines, numbers, texts, days, lists and the rows of a form."""
