"""Rules on what was written about days: days after sessions, episodes, clinic cards, what touched the skin."""
