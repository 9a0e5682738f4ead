"""permis: the French driving licence and its points, as open-source software."""

__version__ = "0.1.0"
