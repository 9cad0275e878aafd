"""What `corpus.formats.html` is made of: a page's tree, its blocks, which are article, its facts."""
