"""Rules about the lectures of a lesson or a subject."""
