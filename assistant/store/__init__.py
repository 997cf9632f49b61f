"""Where the material lies: the catalogue (truth), the vectors (derived), the embedding model."""
