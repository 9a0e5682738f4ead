"""How the rooms are assembled into a site: settings, routes, server. Nothing imports it; it knows everyone."""
