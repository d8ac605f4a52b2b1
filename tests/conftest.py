"""The cast, and the fixtures many rooms share."""
