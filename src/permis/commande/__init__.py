"""Surface for the terminal: `permis releve`, `permis simuler`, `permis bareme`."""
