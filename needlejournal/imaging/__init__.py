"""Pixels: reading, previews, comparing, composing. Everything takes bytes and returns values; no paths, SQL or windows.

A photo comes in as the bytes the store holds. `formats` tells what they are, `reading` opens them safely,
`inspection` says what the picture knows about itself, `previews` and `decoding` turn it upright and into sRGB.
Importing them loads heavy libraries: the window does that when it first needs them, or when it is idle.
"""
