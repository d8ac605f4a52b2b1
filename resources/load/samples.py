"""News, events, blog posts, multimedia, databases and jobs written for demonstration, from `resources/data/samples`."""


def read(folder, vocabulary):
    return []
