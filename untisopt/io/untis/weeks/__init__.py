"""Calendar weeks, their dates, and the time grid."""
