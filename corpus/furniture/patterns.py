"""Patterns of furniture lines: the words they may begin with, the pattern, the reason, how sure.

The folded line (see `corpus.furniture.rules`) has no signs around it and no capitals. 3 is sure, 2
strong, 1 only outside the article or among other furniture. No pattern repeats a repetition.
"""

# ruff: noqa: E501 - a table of patterns

from __future__ import annotations

_NETWORK = (
    r"(?:facebook|twitter|instagram|x|whatsapp|google news|youtube|tiktok|linkedin|telegram|threads"
    r"|bluesky|mastodon|social media|flipboard|snapchat)"
)
_INBOX = (
    r"\b(?:newsletters?|inbox|e-?mails?|alerts?|notifications?|updates|briefing|free account|digest"
    r"|podcast|channel|push|unlimited|digital access|headlines|for (?:just )?[$£€]\s?\d)\b"
)
_MAIL = r"\S@\S|\b\d{3}[-. ]\d|#\w"

Pattern = tuple[str, str, str, int]

PATTERNS: tuple[Pattern, ...] = (
    # --- rights
    ("© ( copyright ™ ® all", r"(?:\(?©|\(?(?:\(c\)|copyright) (?:copyright )?(?:©|\(c\)|\d{4})|\(c\) [\w .,&'-]{2,40}\d{4}"
     r"|\(?copyright(?: notice)?:? ?(?:©|\(c\)|\d{4}|by [^.]{2,40}$|[\w .,&'-]{2,60}all rights"
     r"|(?!laws?\b|reforms?\b|acts?\b|cases?\b|rules?\b|terms?\b)[\w .,&'-]{2,40}(?<! of)(?<! in)(?<! from)(?<! since) \d{4}(?:[-–]\d{4})?$)|[™®]|all rights reserved|all content (?:©|copyright|on this))",
     "copyright notice", 3),
    ("the", r"the-[a-z-]+-wire$", "wire slug", 3),
    ("this these no any unauthorized reproduction republication", r"(?:th(?:is|ese) (?:materials?|content|article|story|document|text|"
     r"(?:web)?site|page|report|work|transcript|copy|publication)|no part of|any (?:use|reproduction|unauthorized)"
     r"|unauthorized|reproduction|republication) (?:.*\bmay not be (?:re)?(?:published|produced|copied|used|broadcast|written|"
     r"distributed)(?:,| or\b| and\b| without| in (?:whole|any))|.*without (?:the )?(?:prior |express |written )*(?:permission|"
     r"consent)|.*is (?:strictly )?(?:prohibited|forbidden)|is (?:protected by|subject to|under) copyright)",
     "copyright notice", 3),
    ("alle tous todos tutti", r"(?:alle rechte|tous droits|todos (?:los|os) d|tutti i diritti)",
     "copyright notice", 3),
    # --- consent
    ("we", r"we (?:and our (?:\d+ )?partners|use (?:\S+ )?(?:\S+ )?(?:cookies|technologies such as"
     r"|tracking)|value your privacy|care about your privacy|have updated our (?:privacy|terms))",
     "consent notice", 3),
    ("this our", r"(?:this (?:web ?site|site|page|app)|our (?:web ?site|site|app|partners))"
     r"(?: and our partners)? (?:\S+ )?(?:uses? .*cookies|requires javascript|is protected by recaptcha)",
     "consent notice", 3),
    ("by", r"by (?:clicking|continuing|signing|submitting|using|subscribing|registering|creating|entering|providing|"
     r"accepting|browsing|tapping|selecting|closing) .*\byou .*\b(?:agree|accept|consent|acknowledge|confirm|terms|"
     r"policy|cookies)", "consent notice", 3),
    ("you", r"you can (?:change|withdraw|manage|revisit|adjust|update|reject) .*\b(?:settings|preferences|consent|choices|"
     r"cookies)|you can (?:unsubscribe|opt out)", "consent notice", 3),
    ("cookies", r"cookies (?:help us|are (?:small|used|necessary)|on this|allow us)", "consent notice", 3),
    ("your", r"your (?:privacy|data|choices?) (?:is important|matters|will be (?:processed|shared|used))"
     r"|your personal data", "consent notice", 3),
    ("wir diese dieses mit um durch unsere", r"(?:wir (?:und unsere (?:\d+ )?partner|(?:verwenden|nutzen|"
     r"setzen) .*cookies)|diese[s]? (?:web|seite|angebot|internet).*cookies|mit (?:dem |einem |ihrem )?"
     r"(?:klick|ihrer (?:zustimmung|einwilligung))|um .*cookies|durch (?:klick|die (?:weitere )?nutzung)"
     r"|unsere (?:web|seite).*cookies)", "consent notice", 3),
    ("sie", r"sie können .*(?:einwilligung|einstellungen|zustimmung|abbestellen|abmelden)",
     "consent notice", 3),
    ("nous ce notre en avec les vous", r"(?:nous (?:et nos (?:\d+ )?partenaires|(?:utilisons|déposons)"
     r" .*(?:cookies|traceurs))|(?:ce|notre) site.*cookies|en (?:cliquant|poursuivant|continuant|"
     r"naviguant) .*\b(?:vous|accepte)|avec votre (?:accord|consentement)|les cookies (?:nous|perm)"
     r"|vous pouvez .*(?:consentement|choix|préférences|désinscrire|désabonner))", "consent notice", 3),
    ("utilizamos usamos este esta nosotros al puede nuestros", r"(?:(?:utilizamos|usamos) .*cookies|est[ea]"
     r" (?:sitio|web|página|site).*cookies|nosotros y nuestros|al (?:hacer clic|continuar|pulsar|navegar)"
     r" .*(?:acept|consient|cookies|uso)|puede .*(?:consentimiento|preferencias|configuración|cookies)"
     r"|nuestros socios .*(?:cookies|datos))", "consent notice", 3),
    ("utilizziamo questo usiamo cliccando noi ao nós", r"(?:(?:utilizziamo|usiamo) .*cookie|questo sito"
     r".*cookie|cliccando .*(?:accett|acconsent)|noi e i nostri partner|ao (?:clicar|continuar|navegar)"
     r" .*(?:concord|aceit|cookies)|nós e (?:os )?nossos)", "consent notice", 3),
    ("wij we deze door", r"(?:wij|we) (?:en onze partners|gebruiken .*cookies)|deze (?:web)?site"
     r".*cookies|door (?:op|verder) .*(?:akkoord|cookies|klik)", "consent notice", 3),
    # --- follow, newsletters, notifications, apps
    ("follow find like join connect watch see", rf"(?:follow .{{1,80}}?|(?:find|like|join|watch|see|connect with) (?:us|our \S+|"
     rf"more)\b.{{0,60}}?)(?: on|:|\||at| -) ?(?:our )?{_NETWORK}\b", "follow links", 2),
    ("follow", r"follow (?:us\b|@|this (?:topic|author))", "follow links", 2),
    ("folgen suivez síguenos siga seguici volg", r"(?:folgen sie uns|suivez[- ]nous|síguenos|siga-nos|seguici|volg ons)",
     "follow links", 2),
    ("sign register", rf"(?:sign up|register) (?:to|for|now|here|today|and|with|free)\b.*(?:{_INBOX}|\bour\b|\bhere\b)|(?:sign|log) "
     rf"in (?:to|with|or)\b|sign up for free", "newsletter or subscription offer", 2),
    ("log", r"log in (?:to|with|or)\b", "sign-in or subscription", 2),
    ("subscribe", rf"subscribe\b.*(?:{_INBOX}|\b(?:our|your|here|today|now)\b)|subscribe(?: \S+){{1,6}}(?<!\.)$",
     "newsletter or subscription offer", 2),
    ("get receive want", rf"(?:get|receive|want) (?:\S+ ){{0,14}}?(?:{_INBOX}|delivered|app\b|unlimited access"
     r"|full access|straight to your|our top stories|the best of).*", "newsletter or subscription offer", 2),
    ("download install", r"(?:download|install|get) (?:the|our|your)\b.*\bapp\b", "app offer", 2),
    ("available", r"available (?:on|in) (?:the )?(?:app store|google play|ios|iphone)", "app offer", 2),
    ("our", r"our (?:free )?(?:app|newsletter|podcast)s? (?:is|are|brings|delivers|gives)", "app offer", 2),
    ("be", r"be the first to (?:know|comment|hear)|be part of the conversation", "notification offer", 2),
    ("stay never don", r"stay (?:informed|up[- ]to[- ]date|connected|ahead|in the (?:know|loop)|on top of)"
     r"|never miss (?:a|an|out|another|the)|don't miss (?:a (?:story|thing|beat)|out|any|our)",
     "notification offer", 2),
    ("enable allow turn activate", r"(?:enable|allow|turn on|activate) (?:\S+ )?(?:push |desktop )?"
     r"(?:notifications|javascript|cookies|alerts)", "notification offer", 2),
    ("abonnieren melden newsletter jetzt holen", r"(?:abonnieren sie|melden sie sich|newsletter:|jetzt "
     r"(?:newsletter|kostenlos|abonnieren|testen|anmelden|weiterlesen)|holen sie sich)",
     "newsletter or subscription offer", 2),
    ("abonnez inscrivez recevez téléchargez newsletter créez", r"(?:abonnez-vous|inscrivez-vous|recevez .*"
     r"(?:newsletter|lettre|mail|alertes|infos?)|téléchargez .*appli|créez (?:un|votre) compte)",
     "newsletter or subscription offer", 2),
    ("suscríbete suscríbase regístrate recibe reciba apúntate descarga descargue inscríbete",
     r"(?:suscríb|regístrate|inscríbete|(?:recib[ea]|apúntate) .*(?:boletín|newsletter|correo|noticias)"
     r"|descarg(?:a|ue) .*app)", "newsletter or subscription offer", 2),
    ("iscriviti abbonati ricevi scarica inscreva assine receba baixe meld schrijf ontvang",
     r"(?:iscriviti|abbonati|ricevi .*(?:newsletter|mail)|scarica .*app|inscreva-se|assine (?:já|agora|a news|o jornal)|receba .*"
     r"(?:newsletter|mail|notícias)|baixe .*app|(?:meld je|schrijf je) .*|ontvang .*(?:nieuwsbrief|mail))",
     "newsletter or subscription offer", 2),
    ("view read", r"(?:view|read) (?:this|the) (?:story|article|e-?mail|page|newsletter)(?: \S+){0,4}? (?:online|in your browser|on our|at)\b"
     r".{0,120}", "page control", 2),
    ("you unsubscribe", r"you(?:'re| are) receiving this|unsubscribe\b.{0,60}$", "newsletter or subscription offer", 2),
    ("did was", r"(?:did you find this|was this) (?:article|story|page|information|helpful|useful|interesting)\b.{0,40}\?",
     "page control", 2),
    ("photo photos foto fotos bild photographie", r"(?:photos?|fotos?|bild|photographie) [^.]{3,60} ?/ ?[^.]{2,40}$", "picture credit", 2),
    # --- paywalls
    ("you your", r"you(?:'ve| have) (?:\S+ ){0,4}(?:free |complimentary )(?:articles?|stories)|you must be "
     r"(?:logged|signed|registered)|you have reached|you've reached|your (?:browser does|browser is|"
     r"email address will|subscription|support (?:helps|makes|matters))|you (?:may|might) also (?:like|be)",
     "sign-in or subscription", 2),
    ("already", r"already (?:a|an) (?:\S+ )?(?:subscriber|member|reader|user|supporter)|already (?:have an account|registered|"
     r"subscribed)\b.{0,60}$", "sign-in or subscription", 2),
    ("to", r"to (?:continue reading|read (?:more|the full (?:story|article)|this article|the rest|on)\b|view comments|comment on this"
     r"|unsubscribe|report (?:a|an) (?:correction|typo|error)|suggest a correction|advertise (?:with|in|on)|contact the "
     r"(?:newsroom|reporter|editor|author)|submit a (?:letter|tip)|share your story|receive .*(?:mail|alert)"
     r"|order reprints|post a comment|subscribe(?:,| to| call| visit| click))", "contact or subscription notice", 2),
    ("support help become unlock donate start", r"(?:(?:help )?support (?:our|independent|local|quality|trusted|free|public[- ]interest)"
     r" (?:\S+ ){0,3}?(?:journalism|reporting|newsroom|news|work)\b|help us (?:\S+ ){0,6}?(?:journalism|reporting|news)\b|unlock "
     r"(?:this|all|unlimited)|become a (?:member|subscriber|supporter|patron)\b|donate (?:today|now|to (?:support|help))|start your "
     r"(?:\S+ ){0,3}?(?:trial|subscription))", "newsletter or subscription offer", 2),
    ("this", r"this (?:article|story|content|post) is (?:for|only available|available (?:only|exclusively)|"
     r"reserved|exclusive) .*(?:subscribers|members|readers)", "sign-in or subscription", 2),
    ("please", r"please (?:enable|log in|sign in|subscribe|disable|turn off|consider (?:support|subscrib|"
     r"donat|becoming)|check back|read our|refresh|whitelist|click|enter (?:a|your)|try again|verify"
     r"|update your)", "page control", 2),
    # --- controls, players, counters
    ("click tap klicken cliquez haga haz clicca clique klik", r"(?:(?:click|tap) (?:here|on|to|below|the|for"
     r"|through)|klicken sie|cliquez (?:ici|pour|sur)|ha(?:ga|z) clic|clicca qui|clique aqui|klik hier)",
     "page control", 2),
    ("play watch listen", r"(?:play (?:video|audio|episode)|watch(?: live| now| more| video| below| above)?:"
     r"|watch (?:live|now|more|the (?:full )?video|video)\b|listen(?: now| live)?:|listen to (?:this|the) "
     r"(?:article|story|podcast|episode|audio)|listen (?:live|now)\b|listen ?\(?\d+)", "player", 2),
    ("watch view open", r"(?:watch|view|open)(?: \S+){1,4}(?<![.?!])$", "page control", 1),
    ("view open read", r"(?:view|open|read) (?:\S+ ){1,5}in(?: (?:the )?(?:app|browser))?$", "app offer", 2),
    ("video audio now", r"(?:video|audio):|now playing|video (?:player|unavailable|loading)", "player", 2),
    ("leave post add write show hide view read see load", r"(?:leave|post|add|write|show|hide|view|read|see|"
     r"load)(?: all| a| your| the)?(?: more)?(?: \d+)?(?: more)? (?:comments?|repl(?:y|ies)|stories|articles"
     r"|headlines|photos|videos|images)$", "comments", 2),
    ("comments comment kommentare commentaires comentarios", r"(?:comments?|kommentare|commentaires|"
     r"comentarios) ?(?:\(\d+\)|\d+$|are (?:closed|moderated|off)|on this|section|policy)", "comments", 2),
    ("join", r"join (?:the (?:conversation|discussion|debate)|us on|our|\S+ other)", "comments", 2),
    ("popular populaire popolari beliebt elsewhere trending other recent latest top meistgelesen", r"(?:popular|populaire|popolari|"
     r"beliebt|elsewhere|trending|other|recent|latest|top|meistgelesen)\b.{0,40}(?<![.?!])$", "related articles", 1),
    ("most more", r"(?:more (?:from|on|in|about|stories|news|coverage|like|by)\b|most (?:read|popular|viewed)"
     r" (?:in|on|from|today|this)).{0,60}(?<![.?!])$", "related articles", 1),
    ("page seite slide photo image foto bild", r"(?:page|seite|slide|photo|image|foto|bild) \d{1,4}"
     r"(?: ?(?:of|von|/|de|sur) ?\d{1,4})?$", "page number", 2),
    ("reading read estimated lesezeit lesedauer temps tiempo tempo leestijd", r"(?:(?:estimated )?(?:reading|"
     r"read) time|lese(?:zeit|dauer)|temps de lecture|tiempo de lectura|tempo di lettura|tempo de leitura"
     r"|leestijd)", "reading time", 2),
    # --- related, tags
    ("read related also see recommended don more mehr lesen lire à lea lee leer leggi leia lees le te next up"
     " trending popular watch siehe weitere veja saiba voir sur en también", r"(?:read(?: more| next| also| "
     r"this| the full story| the full article)?|related(?: (?:story|stories|articles?|coverage|content|video|"
     r"links?|news|reading))?|also (?:read|see|on \S+)|see also|recommended(?: reading)?|don't miss|more(?: "
     r"(?:on this|news|stories|coverage|info|information|here))?|mehr(?: (?:zum thema|dazu|infos))?|lesen sie "
     r"(?:auch|mehr)|(?:à )?lire aussi|à lire|lea también|lee también|leer más|leggi anche|leia (?:também|"
     r"mais)|lees (?:ook|meer)|le puede interesar|te puede interesar|next|up next|trending(?: now)?|popular"
     r"|siehe auch|weitere (?:artikel|themen)|veja também|saiba mais|voir aussi|sur le même sujet|en savoir "
     r"plus|también) ?(?::|»|›|\||→|>)", "related articles", 2),
    ("tags topics filed keywords categories category tagged themen schlagwörter thèmes mots temas etiquetas"
     " archivado section subjects in", r"(?:tags?|topics?|filed (?:under|in|to)|keywords?|categor(?:y|ies)|"
     r"tagged(?: with| as)?|themen|schlagwörter|thèmes|mots[- ]clés|temas|etiquetas|archivado en|section|"
     r"subjects|in this (?:article|story)) ?:", "tags", 2),
    ("filed posted tagged", r"(?:filed|posted|tagged) (?:under|in) .{1,80}(?<![.?!])$", "tags", 2),
    # --- credits
    ("photo photos photograph photography image images picture pictures illustration graphic credit"
     " courtesy foto fotos bild crédit photos crédits imagen beeld video source quelle fuente fonte bron"
     " screenshot getty", r"(?:(?:photo(?:graph(?:y|er|s)?|s)?|images?|pictures?|illustration|graphics?|video|"
     r"screenshot)(?: ?credits?| courtesy(?: of)?| by| source)? ?[:/©]|(?:photo(?:graph)?s?|photography|images?"
     r"|pictures?|illustrations?|graphics?) (?:by|courtesy|credit)\b.{0,60}(?<!\.)$|(?:image |photo )?credit:|courtesy"
     r"(?: of .{2,60}(?<!\.)$|:)|fotos?(?:credit)? ?(?::|von|©)|bild(?:er|quelle)? ?:|crédits? ?(?:photos?)? ?:|imagen(?:es)?:"
     r"|beeld:|(?:source|quelle|fuente|fonte|bron)s? ?:|getty images?$)", "picture credit", 2),
    ("file archivfoto archivbild", r"(?:file(?: ?photo| ?pic)?\.? ?[-–—:]|archiv(?:foto|bild))",
     "picture credit", 2),
    ("reporting additional further with writing editing compiled (", r"\(?(?:(?:additional |further )?(?:reporting|writing|editing)"
     r"(?: and (?:writing|editing|photos))? by (?!the )(?:[^.;]{2,80};.*|(?:\S+ ){0,5}\S+$)|(?:with )?additional reporting (?:by|from)"
     r"|with (?:reporting by|(?:additional )?files from|inputs? from) .{2,60}$|compiled by (?!the )(?:\S+ ){1,5}\S+$|with agenc)",
     "credits", 2),
    ("publication date circulation clip newspaper outlet medium issue edition reach author document title load",
     r"(?:publication|date(?: of issue| of publication)?|circulation|clip(?: no\.?)?|newspaper|outlet|medium|issue|edition|reach"
     r"|document|load-date) ?(?:[:#]| no\.?| \d).{0,80}(?<!\.)$", "publication details", 1),
    ("licensed further any copying forwarding provided end", r"(?:licensed (?:copy|to|for)\b.{0,60}|(?:further |any )?(?:copying|"
     r"forwarding|redistribution|reuse)\b.{0,60}(?:not permitted|prohibited|forbidden).*|provided by .{2,80}(?:ltd|inc|gmbh|monitoring|"
     r"service)\.?|end of (?:clip|article|document|story|text)\b.{0,20})", "copyright notice", 2),
    ("prefer preferez prefiere préférez bevorzugen lesen vous ¿prefiere", r"(?:vous )?(?:prefer|préférez|¿?prefiere|lesen sie lieber)\b.{0,60}"
     r"(?:phone|mobile|téléphone|móvil|handy)\b.{0,12}\?", "app offer", 2),
    ("our nuestra notre unsere", r"(?:our|nuestra|notre|unsere) (?:free |new )?(?:app|apps|aplicación|appli|application)\b.{0,80}$",
     "app offer", 2),
    ("five three ten cinq cinco fünf", r"(?:five|three|ten|cinq|cinco|fünf) (?:stories|histoires|historias|geschichten)\b.{0,60}(?:every|"
     r"each|chaque|cada|jeden)\b.{0,40}$", "newsletter or subscription offer", 2),
    ("keep scroll", r"(?:keep )?scroll(?:ing)? (?:down )?(?:for|to)\b.{0,50}$", "advertisement", 2),
    ("a", r"an? (?:\w+)[- ]minutes?[- ](?:read|listen|watch)\b.{0,30}$", "reading time", 2),
    # --- the newsroom speaking
    ("have got do", r"(?:(?:have|got) (?:a|an|any|something) (?:news )?(?:tips?|story|question|comment|correction|typo)|do you have"
     r" (?:a|an) (?:news tip|tip|story (?:tip|idea)|correction))\b.{0,60}\?", "contact notice", 2),
    ("contact email reach write", rf"(?:contact (?!with)|e-?mail |reach |write to (?:us|the editor)).{{0,100}}(?:{_MAIL})", "contact notice", 2),
    ("contact email send", r"(?:contact (?:us|the (?:author|reporter|writer|newsroom|editor|news desk))|email "
     r"(?:us|the (?:author|reporter|writer|newsroom))|send (?:us )?(?:your |a |an )?(?:news )?(?:tips?|letters"
     r"|feedback|photos|corrections|comments|stories) (?:to|and|us|here|by|via)|contact:)", "contact notice", 2),
    ("report spotted see found notice", r"(?:report|spotted|see|found|noticed?) (?:a|an|something|any) ?(?:typo|errors?|mistakes?|"
     r"corrections?|ad|inaccurac\S+|wrong|broken)\b(?: \S+){0,6}(?:\?.*|(?<!\.))$", "contact notice", 2),
    ("if", r"if you (?:have|spot|see|notice|know|would|'d|want|wish|enjoyed|liked|value|find|are|believe|think)"
     r" .*\b(?:correction|typo|error in|news tip|story (?:idea|tip)|contact us|e-?mail us|newsletter|let us "
     r"know|subscribe|support our|sign up|inaccura|our (?:newsroom|reporters|editors|app|site|website))",
     "contact notice", 2),
    ("we", r"we (?:welcome (?:your|comments|letters)|want to hear from|would love to hear|'d love to hear|value "
     r"your (?:comments|feedback)|encourage (?:readers|respectful)|reserve the right|rely on (?:readers like you|your support)"
     r"|(?:may|might) (?:earn|receive) (?:a |an )?(?:\S+ )?commission)", "contact notice", 2),
    ("the views opinions", r"(?:the )?(?:views|opinions)(?: and opinions)? expressed (?:in this|here|(?:by \S+ )?are (?:those|solely|the))",
     "editorial notice", 2),
    ("this", r"this (?:article|story|post|piece|column|content|press release|copy) (?:(?:was|is|has been) (?:originally |first |also "
     r"|automatically |partly )*(?:published|posted|republished|reprinted|syndicated|reproduced|updated|corrected|amended|made "
     r"possible|supported by|sponsored|generated|part of (?:our|a)|edited from)|(?:originally|first) (?:appeared|ran)|contains "
     r"affiliate)|this is a (?:developing|breaking) (?:news )?(?:story|event)|this is a corrected", "editorial notice", 2),
    ("the der l la", r"(?:the post .{1,300} (?:first )?appeared first on|der beitrag .{1,300} erschien zuerst (?:auf|bei|in)|l'article "
     r".{1,300} est apparu en premier|la entrada .{1,300} (?:se publicó|apareció) primero)\b.{2,80}$", "editorial notice", 2),
    ("originally first", r"(?:originally|first) (?:published|posted|printed)(?::.*|[^,;]{0,60}(?:, \d{4})?|(?: (?:at|in|on|by) [^;]{2,120})\b\d{4}\.?)$", "editorial notice", 2),
    ("comments", r"comments (?:that|should be|must be|are) .*(?:abus|moderat|polite|respectful|removed|deleted|offensive|civil)",
     "comments", 2),
)  # fmt: skip
