"""Pictures that leave the screen: pages of photos with captions, colour for viewing, and files without metadata."""
