"""Work that outlives the call that asked for it: ingesting files, summing up whole meetings."""
