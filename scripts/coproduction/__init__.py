"""The package that reads the facts, makes the pages and checks them. Start with ``pipeline``."""
