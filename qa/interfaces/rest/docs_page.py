"""The API's description as a page for people: plain HTML, without a script, from nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from qa.interfaces.inert import escape, escape_name

_STYLE = """
:root { color-scheme: light dark; --quiet: #666; --rule: #bbb8; }
@media (prefers-color-scheme: dark) { :root { --quiet: #aaa; } }
body { font: 1rem/1.55 Georgia, serif; max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem; }
h1, h2, h3, nav, th, summary { font-family: ui-sans-serif, system-ui, sans-serif; }
h2 { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
h3 { margin: 2.5rem 0 .25rem; font-size: 1.05rem; overflow-wrap: anywhere; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--rule); border-radius: 4px; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
th { font-size: .8rem; color: var(--quiet); font-weight: 600; }
nav ul { list-style: none; padding: 0; columns: 18rem; }
"""

Schema = Mapping[str, Any]


def docs_page(document: Mapping[str, Any]) -> str:
    """Return the page of an OpenAPI document."""
    info = document["info"]
    parts = [
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>",
        _words(info["description"]),
        '<p>For programs: <a href="openapi.json">openapi.json</a></p>',
        *_contents(document),
    ]
    for tag in document["tags"]:
        parts += [f"<h2>{escape(tag['name'])}</h2>", _words(tag["description"])]
        for method, path, operation in _operations(document, tag["name"]):
            parts += _operation(method, path, operation)
    parts.append("<h2>Models</h2>")
    for name, schema in document["components"]["schemas"].items():
        parts += _model(name, schema)
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style>"
    )
    body = "\n".join(parts)
    page = f"<head>{head}</head><body><main>{body}</main></body>"
    return f'<!doctype html>\n<html lang="en">{page}</html>'


def _contents(document: Mapping[str, Any]) -> Iterator[str]:
    yield '<nav aria-label="Routes"><ul>'
    for tag in document["tags"]:
        for method, path, operation in _operations(document, tag["name"]):
            name = escape_name(operation["operationId"])
            yield f'<li><a href="#{name}">{method} {escape(path)}</a></li>'
    yield "</ul></nav>"


def _operations(
    document: Mapping[str, Any], tag: str
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield method.upper(), path, operation


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    name = escape_name(operation["operationId"])
    yield f'<h3 id="{name}"><code>{method} {escape(path)}</code></h3>'
    yield _words(operation["description"])
    if operation.get("security") and {} not in operation["security"]:
        yield "<p>Needs a key: <code>Authorization: Bearer …</code></p>"
    parameters = [
        (f"{each['name']} ({each['in']})", each["schema"], each.get("required"), _said(each))
        for each in operation.get("parameters", ())
    ]
    if parameters:
        yield _fields(parameters)
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Send <code>{escape(kind)}</code>: {_type(content['schema'])}</p>"
    replies = operation["responses"]
    for content in replies.get("200", {}).get("content", {}).values():
        if "schema" in content:
            yield f"<p>Answers {_type(content['schema'])}</p>"
        if "example" in content:
            yield _example(content["example"])
    yield "<details><summary>Statuses</summary><table>"
    for status, reply in replies.items():
        title = HTTPStatus(int(status)).phrase
        said = _inline(reply["description"])
        yield f"<tr><th>{escape(status)}</th><td>{escape(title)}</td><td>{said}</td></tr>"
    yield "</table></details>"


def _model(name: str, schema: Schema) -> Iterator[str]:
    yield f'<h3 id="model-{escape_name(name)}">{escape(name)}</h3>'
    yield _words(schema.get("description", ""))
    required = schema.get("required", ())
    yield _fields(
        [
            (field, kind, field in required, _said(kind))
            for field, kind in schema.get("properties", {}).items()
        ]
    )
    for example in schema.get("examples", ()):
        yield _example(example)


def _fields(fields: list[tuple[str, Schema, bool | None, str]]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{_type(schema)}</td>"
        f"<td>{'required' if required else ''}</td><td>{said}</td></tr>"
        for name, schema, required, said in fields
    )
    head = "<tr><th>Name</th><th>Type</th><th></th><th>Meaning</th></tr>"
    return f"<table>{head}{rows}</table>"


def _type(schema: Schema) -> str:
    """Return a type in words, with links to the models it names."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f'<a href="#model-{escape_name(name)}">{escape(name)}</a>'
    for either in ("anyOf", "oneOf"):
        if either in schema:
            return " or ".join(map(_type, schema[either]))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in values)
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}" if "items" in schema else "list"
    return escape(
        " ".join([str(schema.get("format") or schema.get("type", "any")), *_limits(schema)])
    )


def _limits(schema: Schema) -> Iterator[str]:
    least = schema.get("minimum", schema.get("minLength"))
    most = schema.get("maximum", schema.get("maxLength"))
    unit = " characters" if "maxLength" in schema or "minLength" in schema else ""
    if least is not None and most is not None:
        yield f"({least:,} to {most:,}{unit})"
    elif most is not None:
        yield f"(up to {most:,}{unit})"
    elif least is not None:
        yield f"(from {least:,}{unit})"


def _said(holder: Mapping[str, Any]) -> str:
    return _inline(holder.get("description", ""))


def _words(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "".join(f"<p>{_inline(' '.join(each.split()))}</p>" for each in paragraphs if each)


def _inline(text: str) -> str:
    """Return text with what stands between backquotes as code."""
    pieces = text.split("`")
    return "".join(
        f"<code>{escape(piece)}</code>" if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def _example(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return f"<pre>{escape(text)}</pre>"
