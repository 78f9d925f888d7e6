"""Tests of live classes."""
