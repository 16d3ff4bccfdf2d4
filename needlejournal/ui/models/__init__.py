"""What pages show, made ready: thumbnails, cards and captions. Knows journals and words, no page and no widget."""
