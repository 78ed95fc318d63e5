"""Reading and writing: exports of Untis, break tables, policy files."""
