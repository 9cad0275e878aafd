"""The labelled set: articles written by us as publishing systems, dumps, PDFs and feeds hold them.

``python -m bench.labelled OUT_FOLDER`` writes it; README.md says what is in it.
"""
