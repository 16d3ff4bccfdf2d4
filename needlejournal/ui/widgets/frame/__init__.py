"""What stands around the content: rail, header, cards, columns, notices, sheets and drop zones."""
