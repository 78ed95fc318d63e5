"""The policy file untisopt.toml and the options that override it."""
