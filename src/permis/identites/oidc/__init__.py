"""The OpenID Connect client, for FranceConnect and ProConnect as their servers really behave."""
