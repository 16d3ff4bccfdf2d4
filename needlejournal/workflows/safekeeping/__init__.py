"""What keeps a journal safe: backups and what comes back of them, passphrases, checks, rescue of what is damaged."""
