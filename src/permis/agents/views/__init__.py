"""One file for each thing that waits for an agent."""
