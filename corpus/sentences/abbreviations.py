"""Word lists for English sentence boundaries: data only, the rules are in `corpus.sentences.stops`.

Words stand without their final full stop and as printed: "Sat" is a weekday, "sat" a verb. In front
of a word in capitals, words in capitals are looked up capitalised ("ST. LOUIS", but not "told the
FT. He"). The lists were drawn up for news prose, American and British.
"""

from __future__ import annotations

TITLES = frozenset(
    """
    Adm Ald Amb Asst Assoc Atty Brig Capt Cdr Cllr Cmdr Col Cpl Cpt Det Dr Drs Ens Fr Ft Gen Gov
    Govs Hon Insp Lt Maj Messrs Mme Mlle Mr Mrs Ms Msgr Mt Mx Pfc Pres Prof Profs Pte Pvt Rep Reps
    Rev Rt Sen Sens Sgt Spc Supt Treas Ven
    """.split()
)
"""Stand before a name; a sentence never ends here."""

NEVER_FINAL = frozenset("vs v e.g i.e eg ie cf viz a.k.a aka c.f".split())
"""Join what is before and after them; a sentence never ends here."""

BEFORE_NUMBER = frozenset(
    """
    No Nos no nos Fig Figs fig figs Vol Vols vol vols Art art Sec Sect sec Ch ch Eq p pp para c ca
    circa est Est approx Approx Rs Tel tel Ext ext Apt Ste Rm Flt ver Hwy Rte Mon Tue Tues Wed Thu
    Thur Thurs Fri Sat Sun
    """.split()
)
"""Do not end a sentence before a number ("No. 5"), and are ordinary words elsewhere ("No. He")."""

MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())
"""Do not end a sentence before a number; elsewhere as `MAY_END`."""

MAY_END = frozenset(
    """
    Inc Incs Corp Corps Ltd Co Cos Bros Jr Sr Esq Ph.D Ph.Ds M.Sc B.Sc Psy.D Ed.D Ret St Sts Ave
    Aves Blvd Rd Ln Pkwy Sq Ct Pl Dept Univ Assn Intl Natl Govt Div Mfg Ala Ariz Ark Calif Colo Conn
    Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mont Neb Nev Okla Ore Pa Penn Tenn Tex Vt Va
    Wash Wis Wyo Ont Que Alta Sask al Hwy Rte
    """.split()
)
"""May end a sentence; the word after them decides."""

STOPPED_NAMES = frozenset("Yahoo! Jeopardy! Yum! E! Guess?".split())
"""Names written with a sentence mark, as `MAY_END`."""

LETTERED = frozenset(
    """
    Appendix Block Channel Class Grade Group Hepatitis Malcolm Part Phase Plan Schedule Type Vitamin
    War hepatitis plan vitamin
    """.split()
)
"""Take a letter after them, which is then no initial of a name."""

STARTERS = frozenset(
    """
    A About Across According Additionally After Afterward Afterwards Again Against Ahead All Along
    Already Also Although Amid Among An And Another Any Anyone Anything Apparently Are Around As
    Asked At Authorities Because Before Behind Being Below Besides Between Beyond Both But By Can
    Clearly Could Critics Currently Deputies Despite Did Do Does Doing During Each Earlier Either
    Elsewhere Even Eventually Ever Every Everybody Everyone Everything Experts Few Finally
    Firefighters Following For From Further Furthermore Given Had Has Have Having He Hence Her Here
    His How However I If In Indeed Inside Instead Into Investigators Is It Its Just Last Lately
    Later Lawmakers Let Like Likewise Many Maybe Meanwhile More Moreover Most Much Much My Near
    Nearly Neither Never Nevertheless Next Nobody None Nonetheless Nor Not Nothing Now Obviously Of
    Officers Officials Often On Once One Only Or Others Otherwise Our Outside Over Overall Perhaps
    Police Previously Prosecutors Rather Recently Reporters Researchers Residents Scientists She
    Should Similarly Since So Some Somebody Someone Something Sometimes Soon Still Subsequently Such
    Supporters Than That The Their Then There Therefore These They This Those Though Three Through
    Throughout Thus To Today Together Tomorrow Too Toward Towards Two Unless Unlike Until Upon
    Usually Voters Was We Were What Whatever When Whenever Where Whereas Whether Which While Who
    Whoever Whose Why With Within Without Witnesses Would Yes Yesterday Yet You Your
    """.split()
)
"""Capitalised, they begin a sentence: hardly ever part of a name."""

ALWAYS_CAPITAL = frozenset(["I"])
"""Starters whose capital says nothing about where they stand."""

AFTER_CLOCK = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec Mon Tues
    Wed Thurs Fri Sat Sun Eastern Central Mountain Pacific Atlantic Alaska Hawaii Greenwich British
    Indian Japan Beijing Moscow Seoul Standard Daylight Local Christmas Thanksgiving Easter
    """.split()
)
"""Follow "5 p.m." inside a sentence, with a capital."""

SPEECH_VERBS = frozenset(
    """
    said says say asked asks ask added adds told tells wrote writes tweeted tweets posted replied
    replies answered answers responded responds shouted shouts yelled yells cried cries screamed
    exclaimed declared declares wondered wonders joked jokes quipped quips continued continues
    recalled recalls noted notes insisted insists explained explains stated states commented
    remarked chanted sang demanded demands pleaded begged whispered concluded concludes countered
    retorted snapped texted announced argued argues warned warns mused muses laughed inquired
    queried questioned repeated complained
    """.split()
)
"""After a quotation and a name, they say who spoke: the sentence goes on."""

BETWEEN_NAME_AND_VERB = frozenset(
    """
    de da di du del della der den van von bin ibn al el la le of the y later also then once
    """.split()
)
"""Lower-case words inside a name, or between it and the verb of speech; adverbs in -ly besides."""
