"""A resource as a citation: CSL-JSON is the common form, the others are made of it."""
