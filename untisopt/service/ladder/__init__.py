"""For more and more moved lectures the best plan, three of them named."""
