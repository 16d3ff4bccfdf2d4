"""The passphrase of a journal in the window: giving one, the recovery sheet, the locked page, and when it locks."""
