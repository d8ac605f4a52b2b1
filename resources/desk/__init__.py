"""The staff desk: what is typed there, compared there and said beside its fields."""
