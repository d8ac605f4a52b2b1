"""What every part of the API shares: errors, limits, paging, marks, and how it is described."""
