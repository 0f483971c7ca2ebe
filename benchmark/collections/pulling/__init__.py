"""Pulling the pictures of a collection from Wikimedia Commons, or from a mirror on this machine."""
