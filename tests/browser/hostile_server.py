"""A page over articles that wish it ill: each payload is a title, an outlet, an id and a text."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus import Article

XSS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=2</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script/src=data:,window.pwned=3></script>",
    "<<script>window.pwned=4//<</script>",
    "<img src=x onerror=window.pwned=5>",
    '"><img src=x onerror=window.pwned=6>',
    "'><svg onload=window.pwned=7>",
    "<svg><script>window.pwned=8</script></svg>",
    "<svg><animate onbegin=window.pwned=9 attributeName=x dur=1s>",
    "<math><mtext></p><script>window.pwned=10</script>",
    "<iframe src=javascript:parent.pwned=11></iframe>",
    "<iframe srcdoc='<script>parent.pwned=12</script>'></iframe>",
    "<body onload=window.pwned=13>",
    "<details open ontoggle=window.pwned=14>x</details>",
    "<input autofocus onfocus=window.pwned=15>",
    "<video><source onerror=window.pwned=16></video>",
    "<marquee onstart=window.pwned=17>x</marquee>",
    "<a href=javascript:window.pwned=18>x</a>",
    "<a href='java\tscript:window.pwned=19'>x</a>",
    "<form action=https://evil.example><button>x</button></form>",
    "<button formaction=javascript:window.pwned=20>x</button>",
    "<object data=javascript:window.pwned=21></object>",
    "<embed src=https://evil.example/x.swf>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<template><script>window.pwned=22</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=23>'>",
    "<!--><img src=x onerror=window.pwned=24>-->",
    "<![CDATA[<script>window.pwned=25</script>]]>",
    "&lt;script&gt;window.pwned=26&lt;/script&gt;",
    "&#60;img src=x onerror=window.pwned=27&#62;",
    "\\u003cscript\\u003ewindow.pwned=28\\u003c/script\\u003e",
    "%3Cscript%3Ewindow.pwned=29%3C/script%3E",
    "＜script＞window.pwned=30＜/script＞",
    "<x onclick=window.pwned=31 style=position:fixed;inset:0>",
    "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/window.pwned=32//'>",
    "${window.pwned=33}",
    "`${window.pwned=34}`",
    "{{constructor.constructor('window.pwned=35')()}}",
    "{@html '<img src=x onerror=window.pwned=36>'}",
    "<%= window.pwned=37 %>",
    "';window.pwned=38//",
    '";window.pwned=39//',
    "__proto__ constructor toString hasOwnProperty",
)
MARKDOWN = (
    "![x](https://evil.example/pixel.png)",
    "[click](javascript:window.pwned=40)",
    "[click](https://evil.example 'title')",
    "<https://evil.example/auto>",
    "https://evil.example/bare and www.evil.example",
    "[ref]: https://evil.example/ref.png 'x' ![a][ref]",
    "**bold** _italic_ `code` ~~gone~~ ==marked==",
    "# heading | a | b | --- | --- |",
    "- [ ] task 1. item > quote",
    "$\\href{javascript:window.pwned=41}{x}$ $$x^2$$",
    "```mermaid graph TD; A-->B```",
    ":::note x::: [^1] [[wiki]] @user #tag :smile:",
)
BIDI = (
    "\u202egnp.exe\u202c is turned",
    "\u2067right\u2069 and \u2066left\u2069",
    "\u202a\u202b\u202d\u202c\u202c unbalanced \u202e",
    "zero\u200bwidth\u200djoined\ufeffmark\u2060",
    "a\u0301\u0301\u0301\u0301\u0301\u0301 zalgo e\u0489",
    "عربي <b>واحد</b> ثلاثة",
)
CSS = (
    "<style>*{background:url(https://evil.example/css)}</style>",
    "<div style='background:url(https://evil.example/inline)'>x</div>",
    "<style>@import 'https://evil.example/import.css';</style>",
    "<p style='position:fixed;inset:0;z-index:9999'>cover</p>",
    "</style><style>body{display:none}</style>",
    "<div class='card answer' id='desk'>forged</div>",
    "<span hidden aria-hidden=true style=display:none>unseen</span>",
    "expression(window.pwned=42) -moz-binding:url(//evil.example)",
)
PAYLOADS = (*XSS, *MARKDOWN, *BIDI, *CSS)


def article(number: int) -> Article:
    """Return the article that carries one payload everywhere."""
    payload = PAYLOADS[number]
    said = f"The lighthouse lamp {number} was named {payload} by keeper Tam{number} Osgood."
    return Article(
        id=f"{number}/{''.join(filter(str.isprintable, payload))}",  # no other id is allowed
        title=f"Lamp {number}: {payload}",
        outlet=f"Gazette {number} {payload}",
        published="2025-05-05",
        source=f"{number} {payload}.md",
        text=f"{said}\n\nNobody {payload} knows why the ship {number} sailed at noon.",
    )


ARTICLES = tuple(article(number) for number in range(len(PAYLOADS)))


def main(folder: Path) -> None:
    from qa import Assistant, build_index  # not when pytest looks for doctests here: they are heavy
    from qa.interfaces.web import serve

    build_index(folder, list(ARTICLES))
    with Assistant.open(folder) as assistant:
        serve(assistant, port=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
