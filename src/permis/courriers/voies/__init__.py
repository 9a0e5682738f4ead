"""The ways a letter travels: which one the law allows, and what carries it."""
