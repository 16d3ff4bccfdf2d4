"""What is on the stage as a file: drawn again at the chosen size, set on a page, written without metadata."""
