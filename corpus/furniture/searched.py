"""Patterns of furniture that are searched for in a line, since they do not begin with a known word.

The folded line, reasons and degrees are as in `corpus.furniture.patterns`.
"""
# ruff: noqa: E501 - a table of patterns

from __future__ import annotations

import re

TRIGGERS = re.compile(
    r"rights reserved|©|\(c\)|derechos reservados|rechte vorbehalten|droits réservés|diritti riservati|direitos reservados|contributed to this|cookie|getty|/ap|ap photo|reuters/|afp|\bapp |\d ?(?:min|sec|hour|day"
    r"|week|month|comm|shar|like|view|reac|of|/|komm)|\d:\d|vor \d|il y a|hace \d|http|www|@|/imago|dpa|epa"
    r"|\d ?[mhdw]$|[»›]|contributed r|contributed r|credit|photo|foto|image:|bild:|crédit|privacy policy|javascript|\d ?/ ?\d|in print|advertis|(?:page|seite|página|pág\.?|pagina) ?[a-z]?\d|commentai|kommentar|comentari|转载|版权|無断|責任編集"
)
"""Lines without any of these need not be searched for what follows."""

SEARCHED: tuple[tuple[str, str, int], ...] = (
    (r"^[^.!?\"“”„«]{0,120}(?:©|\(c\)) ?(?:copyright )?[^.!?\"“”„«]{0,60}\b(?:19|20)\d\d\b|^[^\"“”„«]{0,150}(?:derechos "
     r"reservados|rechte vorbehalten|droits réservés|diritti riservati|direitos reservados)\.?$", "copyright notice", 3),
    (r"^[^.!?\"“”„«]{0,80}?(?:©|copyright|\d{4}|\binc\b|\bllc\b|\bltd\b)[^\"“”„«]*all rights reserved"
     r"|^[^.!?\"“”„«]{0,50}all rights reserved",
     "copyright notice", 3),
    (r"[.!?] (?:photos?|photographs?|fotos?|images?|pictures?|crédits?(?: photo)?|credits?|bild)(?: by|:) ?\S.{2,60}$", "picture caption", 2),
    (r"^.{2,50} ?[·|•] ?\d{1,3} ?(?:m|min|h|d|w)$", "date line", 2),
    (r"^[^.!?]{2,60} [»›] [^.!?]{2,60} [»›] ", "menu", 2),
    (r"contributed (?:to this (?:report|story|article|piece)|reporting|research)(?: from .{2,60})?\.?\)?\.?$", "credits", 2),
    (r"(?:getty images|ap photo|/ ?ap|/ ?reuters|reuters/[\w .-]+|/ ?afp|/ ?dpa|/ ?epa|/imago|shutterstock|"
     r"via (?:ap|getty|reuters))[^()]{0,50}\)\.?$", "picture caption", 2),
    (r"^(?:\S.{1,60} ?/ ?|(?:\S+ ){0,4})(?:getty images|ap photo(?:/.{1,40})?|reuters/.{1,40}|afp via getty.*|shutterstock)$",
     "picture credit", 2),
    (r"^(?:\S+ ){0,4}app (?:open|install|get|download)$", "app offer", 2),
    (r"^\d+[-–]\d+ ?(?:min|mins|minutes|minuten)$|^\d+ ?(?:min|mins|minutes?|minuten|min\.)(?: de)? ?(?:read|lesezeit|lecture|lectura|di lettura|leitura|"
     r"listen|watch|leestijd)", "reading time", 2),
    (r"^(?:updated |published |posted |vor |il y a |hace )?\d+ ?(?:secs?|seconds?|mins?|minutes?|hours?|hrs?|days?"
     r"|weeks?|months?|minuten|stunden?|tagen?|heures?|jours?|horas?|días?)(?: ago)?$", "date line", 2),
    (r"^\d[\d,.]*[kkm]? (?:comments?|shares?|likes?|views?|reactions?|repl(?:y|ies)|kommentare?|commentaires?|"
     r"comentarios?|votes?)(?:$| ?[|•·])", "comments", 2),
    (r"^\d{1,2}:\d{2}(?: ?/ ?\d{1,2}:\d{2})?$", "player", 2),
    (r"^\d{1,3} ?(?:/|of) ?\d{1,3}$", "page number", 2),
    (r"^[\[(]\d{1,2}:\d{2}(?::\d{2})?[\])](?: \S+){0,4}$|^\d{1,2}:\d{2}:\d{2}$", "player", 2),
    (r"^[^.!?:]{1,20}: ?(?:from|continued from|fortsetzung von|suite de|viene de|segue da) (?:page|seite|página|pág\.?|pagina) ?[a-z]?\d{1,3}$", "page number", 2),
    (r"^(?:les |die |los |i |os |the )?(?:comments|commentaires|kommentare|comentarios|commenti|comentários) (?:are|sont|sind|están|sono|estão) (?:\S+ ){0,4}\S+$", "comments", 2),
    (r"^(?:[^\s.!?]+ ){0,2}[^\s.!?]{2,20} ?: ?https?://\S+$", "link", 2),
    (r"^(?:a|this) version of this (?:article|story) (?:appears|appeared|ran) in print\b", "editorial notice", 3),
    (r"^(?:[\[(]?\d{1,4}[\]).]{1,2} ?)?(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$", "link", 2),
    (r"^(?:\S+ ){0,12}cookies?(?: \S+){0,12}\b(?:we|our|your|you|wir|ihre|nous|vos|nuestr\w+|su)\b.*"
     r"(?:experience|preferences|settings|consent|partners|privacy)", "consent notice", 3),
    (r"未经.*转载|版权所有|無断転載|無断複製|責任編集|责任编辑", "copyright notice", 3),
    (r"^javascript (?:is|must)", "page control", 2),
)  # fmt: skip
