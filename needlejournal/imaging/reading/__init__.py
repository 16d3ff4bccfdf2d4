"""From bytes to pixels: formats, headers, decoding, previews. Knows no face, no pair, no journal."""
