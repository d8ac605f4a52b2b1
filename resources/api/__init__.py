"""The library for programs (REST)."""
