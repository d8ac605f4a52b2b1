"""What is known of a document elsewhere: in the file itself, and at the registry of its DOI."""
