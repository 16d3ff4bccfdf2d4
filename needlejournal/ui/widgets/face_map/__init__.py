"""The face map: zones of a drawn face to choose, with values written into them."""
