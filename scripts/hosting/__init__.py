"""Serving a built folder: HTTP headers, and ready configuration for web servers."""
