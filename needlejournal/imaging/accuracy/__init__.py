"""Proof: how accurate alignment is against known truth, written down by `python -m needlejournal.imaging.accuracy`."""
