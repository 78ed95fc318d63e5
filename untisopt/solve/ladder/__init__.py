"""For more and more moved lectures the best plan, and what is proved about it."""
