"""The files of a resource: reading their text in a process of its own, whatever they hold."""
