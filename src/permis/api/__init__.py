"""The surface for machines: JSON in, JSON out, versioned by its address (`/api/v1/`); docs/formats/api.md."""
