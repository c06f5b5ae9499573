"""Extraction measured on stories that a person has coded: gold, scores, calibration, report."""
