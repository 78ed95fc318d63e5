"""One module per use case; nothing here prints."""
