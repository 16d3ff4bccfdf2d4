"""The panel beside the photos: how they are aligned, and how far the pair may be compared."""
