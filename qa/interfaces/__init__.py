"""The doors: command line and web page. Each translates once; all go through `Assistant.ask`."""
