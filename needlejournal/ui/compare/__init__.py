"""The comparison of two photos, or of a series of them.

How a photo gets onto the screen: `comparison` knows which photos and how they lie to each other; `pictures` decodes
them in the background, coarse first; `layers` draws the visible part of one; a mode of `modes` arranges several;
the `stage` is the one widget that paints, with one `viewport` for all of them. Everything else on the page sits
around the stage and talks to `comparison`.
"""
