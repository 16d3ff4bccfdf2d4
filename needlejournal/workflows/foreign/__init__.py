"""Diaries of other programs: read into plain entries, each program in a module of its own. All of it is untrusted."""
