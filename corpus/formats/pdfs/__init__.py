"""What `corpus.formats.pdf` is made of: pieces of text, columns, furniture, paragraphs."""
