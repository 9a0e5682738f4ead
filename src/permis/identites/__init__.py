"""Who is asking: accounts, ways in, roles and rights. FranceConnect and ProConnect live here and nowhere else."""
