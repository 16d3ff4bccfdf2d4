"""Lays one photo over another by shift, turn and scale, and says how sure that is. Draws nothing."""
