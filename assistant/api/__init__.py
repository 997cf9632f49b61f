"""The portal's API: the service over HTTP, for callers with different rights."""
