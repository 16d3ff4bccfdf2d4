"""Faces in one photo: finding them, their landmarks, pose and zones, and the models that read them. Knows no pair."""
