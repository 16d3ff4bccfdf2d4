"""What a person hands over: the visit pack and the report of a reaction.

Facts become frozen values, values become JSON, and one module (`rendering`) sets them as pages.
"""
