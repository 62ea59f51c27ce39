"""Measure Annai against its peers and against what it stands on: `make bench`."""
