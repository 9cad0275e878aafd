"""What `corpus.formats.pdf` is made of: pieces of text on a page, columns, furniture, paragraphs."""
