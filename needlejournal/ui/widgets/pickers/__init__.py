"""What one picks from what is shown: answers, severities, pills and zones of the face."""
