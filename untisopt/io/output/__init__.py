"""What is written: whole files, whole folders."""
