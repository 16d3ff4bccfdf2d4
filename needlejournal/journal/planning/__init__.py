"""What comes next and what came of it: plans, proposed days, agenda, reminders, progress. Nothing here is stored."""
