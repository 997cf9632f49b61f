"""What a language model writes: asked for with fenced passages, bound to them, checked."""
