"""Patterns of those who keep or pass on articles: archives, libraries, readers, printers, stations.

As `corpus.furniture.patterns`: the words a line may begin with, the pattern for the folded line, the
reason, how sure (3 sure, 2 strong, 1 only outside the article or among other furniture).

An article speaks of archives, transcripts and permission too. So what is strong here is a phrase
that says of itself what it is, as a whole; and a statement that is less than that is the article's
unless other furniture stands around it (`Verdict.is_doubtful`).
"""

# ruff: noqa: E501 - a table of patterns

from __future__ import annotations

from corpus.furniture.patterns import Pattern

_KEPT = r"(?:archived|saved|captured|crawled|harvested|cached|retrieved|preserved|digiti[sz]ed|scanned|exported|downloaded|clipped|transcribed|typed up)"
_THING = r"(?:pages?|article|story|copy|version|text|snapshot|capture|document|file|record|item|web ?site|site|transcript|recording|print-?out|scan|image|clipping)"

PATTERNS: tuple[Pattern, ...] = (
    # --- web archives and caches
    ("the wayback", r"(?:the )?wayback machine ?[-–—:|].{0,160}$|(?:the )?wayback machine$", "archive notice", 2),
    ("the", r"the (?:web )?archive (?:is|does|did|has|may|cannot)\b.{0,160}(?<![.?!])$", "archive notice", 1),
    ("this you it an", rf"(?:this is|you are (?:viewing|looking at|reading|seeing)|it is) an? (?:\S+ ){{0,3}}(?:archived?|cached?|snapshot|saved|printer[- ]friendly|machine[- ]made|machine[- ]generated|rush transcript|automatic\w*)\b.{{0,160}}"
     rf"|this (?:\S+ )?{_THING} (?:was|were|has been|is) (?:\S+ )?{_KEPT}\b.{{0,160}}|an archived (?:copy|version)\b.{{0,80}}", "archive notice", 1),
    ("archived saved captured crawled harvested cached retrieved preserved digitized digitised scanned exported downloaded clipped transcribed typed",
     rf"{_KEPT} (?:from|on|at|by|in|to|with|for|via|using)\b.{{0,100}}(?<![.?!])$|{_KEPT}:? ?\d.{{0,60}}$", "archive notice", 1),
    ("all about collected timestamps snapshot snapshots capture captures success webpage", r"(?:all snapshots|about this capture|collected by|timestamps|(?:snapshots?|captures?) (?:of|from|taken|on|at|by|\d)|webpage screenshot)\b.{0,100}(?<![.?!])$", "archive notice", 1),
    ("external links images some", r"(?:external |some )?(?:links|forms|images)(?:,? (?:and|or|forms)? ?\S+){0,5} (?:may|might|do|will|are) (?:not|no longer|be|have)\b.{0,80}", "archive notice", 1),
    # --- libraries and databases
    ("document result results record item clip article back return", r"(?:document|results?|record|item|clip|article)s? ?(?:no\.? ?)?\d+(?: ?(?:of|/|-) ?\d+)?\b.{0,30}(?<![.?!])$|(?:back|return) to (?:\S+ ){0,3}(?:results?|search|list|index|catalogue|catalog|top|issue)\b.{0,20}$", "publication details", 1),
    ("body graphic classification notes abstract full fulltext citation cite export", r"(?:body|graphic|classification|notes|abstract(?: \(summary\))?|full ?text(?: available)?|citations?|cite(?: this)?(?: \S+)?|export(?: \S+){0,2})$", "publication details", 1),
    ("reproduced reprinted used supplied provided delivered", r"(?:reproduced|reprinted|used|supplied|provided) (?:with|by|under) (?:the )?(?:(?:kind|express|written) )?(?:permission|licen[cs]e|copyright)(?: (?:of|from|by) [^,;:]{2,60})?[.]?$", "copyright notice", 2),
    ("reproduced reprinted used supplied provided delivered", r"(?:reproduced|reprinted|used|supplied|provided|delivered) (?:with|by|under|from|for)\b.{0,60}\b(?:permission|licen[cs]e|licensed|copyright|library|service|agency|database|archive)\b.{0,120}(?<![.?!])$", "copyright notice", 1),
    ("for personal private not fair", r"(?:for )?(?:personal|private|educational|research)(?:,? (?:and|or|study|non-?commercial|research|private|personal))* use only[.!]?$|not for (?:resale|redistribution|republication|publication|onward \S+)(?: or \S+)?[.!]?$", "copyright notice", 2),
    # --- reading lists, printers, mails
    ("sent shared shared from via", r"(?:sent|shared) (?:from|via|with|by|using) (?:my )?\S.{0,50}(?<![?!])$", "page control", 1),
    ("marked mark add your my highlight highlights annotations", r"(?:mark(?:ed)? (?:as|all)|add (?:tags?|notes?|to)|(?:your |my )?(?:highlights?|annotations?|notes)(?: \(?\d+\)?)?$)\b.{0,40}(?<![.?!])$", "page control", 1),
    ("printed printer print", r"printed (?:from|on|at|by)\b.{0,80}(?<![.?!])$|print(?:er)?[- ]friendly\b.{0,40}|print (?:this )?(?:page|article|story)\b.{0,40}(?<![.?!])$", "page control", 1),
    ("visit open view", r"(?:visit|open|view) (?:the )?(?:web ?site|original|source|in browser)\b.{0,60}(?<![.?!])$", "page control", 1),
    # --- stations
    ("transcript transcripts transcription audio this the heard aired broadcast accuracy", r"transcript(?:ion)?s?(?: (?:of|from|by|provided|is|are|may|for)\b.{0,160}|$)|audio (?:will be|is|for|of|recording)\b.{0,100}|(?:this|the) (?:transcript|text|audio)\b.{0,60}\b(?:may|might|is|are|was|be|has)\b.{0,60}\b(?:accura\w+|errors?|final|rush|automatic\w*|record|updated|revised|vary|differ|contain|edited|generated|software|machine|authoritative|length)\b.{0,100}"
     r"|(?:heard|aired|broadcast|first (?:aired|broadcast)) (?:on|at)\b.{0,80}(?<![.?!])$|accuracy (?:and|may|of)\b.{0,100}", "transcript notice", 1),
    ("this", r"this (?:transcript (?:was|is|has been) (?:an? |created on a |typed on a )?(?:rush (?:transcript|deadline)|(?:automatically|machine)[ -]generated|generated (?:by|with|using) (?:software|a computer|a machine))|transcript may (?:not be in its final form|contain errors))\b.{0,160}|this is a rush transcript\b.{0,160}", "transcript notice", 2),
    ("end", r"end of (?:transcript|interview|broadcast|programme|program|recording|page|scan|message)(?: \d{1,4})?[.)\]]?$", "page footer", 2),
    ("the", r"the (?:audio|broadcast|recording|printed|print|online|original|authoritative|definitive)(?: \S+){0,4} (?:may differ|prevails|is (?:the )?(?:authoritative|definitive|official)|record of)\b.{0,120}", "transcript notice", 1),
    ("listen download embed", r"(?:listen|download|embed)(?: ?[·|•:-] ?\d.*| (?:again|to the (?:full )?(?:programme|program|show|broadcast|recording|episode)|audio|transcript|embed)\b.{0,40})(?<![.?!])$", "player", 2),
    # --- the publisher itself
    ("while", r"while you(?:'re| are) here,? (?:we (?:have|'ve)|we've|please)\b.{0,120}", "newsletter or subscription offer", 2),
    ("thank thanks", r"(?:thank you|thanks) (?:so much )?for (?:reading|listening|watching)(?: (?:to the end|this (?:article|story)|us|along))?[.!]?$", "page footer", 2),
    ("we", r"we (?:will )?(?:only )?use your (?:e-?mail )?address (?:only )?(?:to|for)\b.{0,120}", "newsletter or subscription offer", 2),
    ("you", r"you (?:have )?(?:received|are receiving|received) this (?:e-?mail|message|newsletter) because you\b.{0,120}", "page footer", 2),
    ("published built edited produced distributed site powered hosted designed", r"(?:published|(?:built|written|produced|designed) and (?:edited|published|maintained)|edited|produced|distributed|site|powered|hosted|designed|website|web ?site) by (?:the )?(?:\S+ ){0,6}\S+(?:, (?:\S+ ){1,8}\S+)?$", "colophon", 1),
    ("all", r"all (?:\S+ ){0,4}(?:contents?|materials?|texts?|articles?|photos)(?: (?:on|in|of) [^,.]{2,60})?(?: (?:is|are))? (?:(?:protected by )?copyright(?:ed)?\b|©|\(c\)|[^.]{0,60}rights reserved).{0,200}", "copyright notice", 2),
    ("copyright", r"copyright of .{3,80} is (?:the )?property of .{3,160}\bmay not be (?:copied|e-?mailed|re)", "copyright notice", 2),
    ("nothing no none", r"(?:nothing (?:here|on this (?:page|site))|no part of this (?:page|site|paper)|none of this) .{0,40}\b(?:re-?produced|copied|republished|reprinted|redistributed|stored|re-?used)\b.{0,80}\bwithout\b.{0,60}\b(?:permission|consent|licen[cs]e|leave)\b.{0,60}", "copyright notice", 2),
    ("the", r"the post .{3,200} (?:appeared first on|first appeared on) .{2,60}", "syndication notice", 1),
    ("see continued cont continues turn please from siehe fortsetzung suite lire sigue viene segue",
     r"(?:please )?(?:see|continued|cont(?:inues|'?d)?\.?|turn to|from|siehe|fortsetzung|suite|lire|sigue|viene|segue)\b.{0,40}\b(?:page|pg\.?|seite|s\.|página|pág\.?|pagina|pag\.?|p\.) ?[a-z]?-?\d{1,3}$", "page number", 2),
)  # fmt: skip
