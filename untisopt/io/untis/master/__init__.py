"""What lies beside the timetable: names, limits, requests, sequences, supervisions, rooms."""
