"""The REST API: questions, passages and articles for programs, in any language, over HTTP."""
