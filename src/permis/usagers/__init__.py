"""The driver's own pages: his file, its history, what is coming, who looked at it, help."""
