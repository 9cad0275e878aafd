"""What `corpus.formats.html` is made of: tree, blocks, which of these are article, facts."""
