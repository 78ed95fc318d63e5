"""What the use cases return: facts, without words for people and without formats; reports are made of them."""
