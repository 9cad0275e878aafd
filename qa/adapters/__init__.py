"""How does pullquote fit into what an app is built with already? One thin module per framework.

None of them is imported with `qa`, and each needs its framework: `qa.adapters.langchain`,
`qa.adapters.llama_index`, `qa.adapters.haystack`, `qa.adapters.gradio`, `qa.adapters.wsgi`.
"""
