"""The driver's pages, one module a page."""
