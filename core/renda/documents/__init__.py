"""What leaves the system on paper or as a file: official documents, minutes, results, spreadsheets."""
