"""Rules about sites and the ways between them."""
