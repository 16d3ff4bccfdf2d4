"""The parts pages are built from. They know the look and the words, never a journal."""
