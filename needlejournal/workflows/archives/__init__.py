"""Everything out as one open file and in again, and diaries of other programs. What comes in is untrusted."""
