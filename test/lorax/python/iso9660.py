"""Imported for installations in a virtual machine only."""
