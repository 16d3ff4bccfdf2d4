"""The guide for the next photo: a card with the baseline's pose as an outline, and advice on distance and light."""
