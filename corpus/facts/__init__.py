"""What a text says of itself: outlet, dates, authors, address, language; never guessed.

`text_facts` looks where newspapers say it: `bylines`, datelines and date lines (`fact_lines`),
copyright notices (`text_outlets`). `written_dates` reads dates as they are written.
"""
