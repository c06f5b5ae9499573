"""The frame of the HTML report: one file that asks no other host, and runs no script but its own.

Everything from outside goes through `safe`; the style and the script are named by their digests
in the page's content security policy, so that nothing else would run even if it got in.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

MAX_TEXT = 60_000
"""Characters of one text that the report shows."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2733;--paper:#fff;--faint:#5b6875;--rule:#d5dce3;
--ours:#cfe3f7;--gold:#fbe7a6;--both:#c9ebcd;--bad:#fbdcd7;--head:#f3f6f8}
@media (prefers-color-scheme:dark){:root{--ink:#e7edf2;--paper:#14191f;--faint:#9fb0be;
--rule:#33404c;--ours:#1f4a70;--gold:#6b5410;--both:#22582c;--bad:#5c2a24;--head:#1d252d}}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;
max-width:1400px;padding:1rem 1.5rem 4rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1.05rem;margin:0}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 1.25rem}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;border-bottom:1px solid var(--rule);
overflow-wrap:anywhere}
thead th{background:var(--head)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;
overflow-wrap:normal}
tbody th,td.verdict{white-space:nowrap;overflow-wrap:normal;font-weight:500}
.wide{overflow-x:auto}.faint{color:var(--faint)}
tr.wrong td,tr.missing td,tr.extra td{background:var(--bad)}tr.right td{color:var(--faint)}
form{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--rule);
padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;z-index:1}
label{display:flex;flex-direction:column;font-size:.85rem}
select,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--faint);
border-radius:4px;padding:.25rem;min-height:2.2rem;max-width:17rem}
article{scroll-margin-top:5rem;border-top:2px solid var(--rule);padding:1rem 0;
display:grid;gap:0 1.5rem;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
article>header{grid-column:1/-1}article[hidden]{display:none}
@media (max-width:850px){form{position:static}article{grid-template-columns:minmax(0,1fr)}}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{color:inherit;border-radius:2px;padding:0 1px}
mark.ours{background:var(--ours);border-bottom:2px solid #2b6ca3}
mark.gold{background:var(--gold);border-bottom:2px dotted #a07800}
mark.both{background:var(--both);border-bottom:2px double #2f7d3a}
summary{cursor:pointer}
"""

SCRIPT = """
"use strict";
const form=document.querySelector("form"),shown=document.getElementById("shown");
const stories=[...document.querySelectorAll("article")];
function draw(){
  const want=["kind","field","phenomenon"].map(n=>form.elements[n].value).filter(Boolean);
  const words=form.elements.words.value.toLowerCase();
  let n=0;
  for(const story of stories){
    const tokens=story.dataset.tokens.split(" ");
    const fits=want.every(w=>tokens.includes(w))
      &&(!words||story.textContent.toLowerCase().includes(words));
    story.hidden=!fits;
    n+=fits;
  }
  shown.textContent=n+" of "+stories.length+" stories shown";
}
form.addEventListener("input",draw);
form.addEventListener("submit",e=>e.preventDefault());
draw();
"""


def safe(value: object) -> str:
    """Text from outside as HTML: escaped, also for attributes; controls become U+FFFD."""
    text = "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in str(value))
    return escape(text.replace("\x7f", "\ufffd"), quote=True)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(title: str, body: Iterable[str]) -> bytes:
    """Give the whole file."""
    policy = (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{safe(title)}</title><style>{STYLE}</style></head><body>",
        *body,
        f"<script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(parts).encode("utf-8", "replace")  # half of a surrogate pair is no UTF-8


def table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", words: int = 1
) -> str:
    """Give a table; all but the first `words` columns hold numbers."""
    kinds = ["" if i < words else ' class="n"' for i in range(len(heads))]
    top = "".join(
        f'<th scope="col"{kind}>{safe(head)}</th>' for head, kind in zip(heads, kinds, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{k}>{safe(v)}</td>" for v, k in zip(row, kinds, strict=True))
        + "</tr>"
        for row in rows
    )
    named = f"<caption>{safe(caption)}</caption>" if caption else ""
    return (
        f'<div class="wide"><table>{named}<thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that we (or the gold) rest a value on; offsets, end exclusive."""

    start: int
    end: int
    ours: bool
    words: str


def marked(text: str, spans: Iterable[Span]) -> str:
    """Text as HTML, cut where spans begin and end: marked as ours, the gold's, or both.

    Without its tags, and unescaped, the result is the text again (to `MAX_TEXT`).
    """
    shown = text[:MAX_TEXT]
    inside = [s for s in spans if 0 <= s.start < s.end <= len(shown)]
    edges = sorted({0, len(shown), *(s.start for s in inside), *(s.end for s in inside)})
    out = []
    for start, end in pairwise(edges):
        over = [s for s in inside if s.start <= start and end <= s.end]
        piece = safe(shown[start:end])
        if over:
            who = {s.ours for s in over}
            kind = "both" if len(who) == 2 else "ours" if True in who else "gold"
            title = "; ".join(dict.fromkeys(s.words for s in over))
            piece = f'<mark class="{kind}" title="{safe(title)}">{piece}</mark>'
        out.append(piece)
    if len(text) > MAX_TEXT:
        out.append('<p class="faint">The rest of this long text is not shown.</p>')
    return "".join(out)
