"""Settings of the site: `base` for everyone, then one of `dev`, `test`, `prod`."""
