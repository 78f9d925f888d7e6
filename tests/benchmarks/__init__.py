"""Measurements, run by hand; speed is never a test."""
