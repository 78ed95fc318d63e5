"""The order in which changes are entered by hand."""
