"""Photos as widgets: a thumb, a pane that zooms, the large preview, and blur until pointed at."""
