"""Invented people, and the identity providers that play FranceConnect and ProConnect; development and tests only."""
