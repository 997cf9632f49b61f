"""Danish words, sentences, dates and figures, read the way municipal texts write them."""
