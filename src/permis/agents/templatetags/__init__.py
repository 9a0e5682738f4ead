"""Filters of the agents' pages."""
