"""What a person does, without a window: importing, comparing, the sample journal. Knows no Qt and asks nobody."""
