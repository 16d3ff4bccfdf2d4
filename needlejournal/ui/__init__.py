"""Everything that shows: pages, widgets, look and words. Qt lives here and nowhere else."""
