"""Photos coming in: found and looked at, decided upon in a plan, made durable, and only then called saved."""
