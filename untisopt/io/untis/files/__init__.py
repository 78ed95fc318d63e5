"""The files of an export: which belong together, how they are written, every byte kept."""
