"""Bringing many records in: one module a format, then the same way for all.

A format turns bytes into `Entry`s: what stands there, in the neutral words of `making.WORDS`, or why it cannot be
read. `making` turns an entry into the `Record` that the loader writes. `steps` does the work batch by batch, each in
one transaction: read, check (a dry run that writes nothing of the library), write, undo.
"""
