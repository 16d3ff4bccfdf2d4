"""What a patient keeps: sessions, photographs, days, courses, ratings, as plain values and pure functions.

Standard library only. Nothing here knows of files, SQL, pixels or windows.
"""
