"""The library for harvesters: OAI-PMH 2.0 (http://www.openarchives.org/OAI/openarchivesprotocol.html)."""

from resources.oai.answers import CONTENT_TYPE, respond

__all__ = ["CONTENT_TYPE", "respond"]
