"""Photos of a journal side by side: how they lie on each other, how far they compare, what leaves as a picture."""
