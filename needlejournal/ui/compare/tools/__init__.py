"""Tools taken in hand on the stage: points to align by, untreated skin to match colours on, a spot to follow."""
