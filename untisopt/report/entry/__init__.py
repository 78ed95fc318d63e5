"""The ways back into Untis: entry list and forcing files."""
