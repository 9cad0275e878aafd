"""What can a program that speaks the Model Context Protocol ask of the articles?

`shapes` says what the tools take and give, `tools` does it, `server` speaks the protocol, `http`
serves it at an address.
"""
