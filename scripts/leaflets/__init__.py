"""Leaflets: the sheets as accessible PDFs."""
