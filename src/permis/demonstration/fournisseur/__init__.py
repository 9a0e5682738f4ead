"""Two OpenID Connect providers that play FranceConnect and ProConnect, with their rules, for invented people."""
