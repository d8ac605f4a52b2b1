"""Loading sources into the library: one module a source, one writer, one report.

A source module turns rows into `Record`s (or `Skipped` with the reason) and never touches the database.
The writer recognises duplicates, merges, and writes in batches; what it loaded stands in `SourceRecord`.
"""
