"""A policy file to begin with, and what is wrong with one."""
