"""Measures one photo, so that `journal.comparing` can judge a pair. Judges nothing itself."""
