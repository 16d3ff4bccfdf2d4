"""What is looked at: the pair or series, the part of it that is shown, and the one widget that paints it.

The modes stand above this; nothing here knows which one draws.
"""
