"""Commands of whoever deploys the site."""
