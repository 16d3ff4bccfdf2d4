"""What a person does, without a window: its wings are tasks, from bringing photos to handing a report over.

Knows no Qt and asks nobody.
"""
