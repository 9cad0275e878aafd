"""The English words that questions are made with, and those that spoil one."""

from __future__ import annotations

import re

from qa.suggestions.patterns import Language

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

ENGLISH = Language(
    marks=frozenset("the of and to by for with at on from an".split()),
    foreign=frozenset(
        "der die das und ein eine den dem im zu von für auf ist wurde le la les des une et van"
        " het een el los las y del il di".split()
    ),
    leaning=frozenset(
        "he she it they him her them his hers its their theirs this that these those there then"
        " here i we you me us my our your who whom whose which what one ones someone another"
        " other others also too however later earlier instead such both same again still now even"
        " already yet so meanwhile today yesterday tomorrow tonight ago last next previous"
        " previously recently soon more less former latter himself herself itself themselves"
        " afterwards before after because if although though while when where but nor just not"
        " never according said says told adding n't didn't hasn't wasn't weekend week month meant"
        " known".split()
        + [day.lower() for day in WEEKDAYS]
    ),
    articles=frozenset(["the"]),
    no_names=frozenset([*MONTHS, *WEEKDAYS, *"Mr Ms Mrs Dr Prof Sir No Mr. Ms. Mrs. Dr.".split()]),
    no_end=frozenset(
        "out of for to with from by on the a an such as and at in or shortly only about around"
        " nearly between into over under who which that".split()
    ),
)

AUXILIARIES = "is are was were will would has have had".split()

PARTICIPLES = (
    "built born found held sold made won sent set lost shown given taken written chosen put cut"
    " laid led brought bought begun drawn due told thrown struck hit shut sunk sworn hung torn"
    " worn spent paid left become grown"
).split()

NO_SUBJECT = (
    "said says told that who which when if because and but or not could may might can should"
    " must asked added thinks? hopes? believes? found made did does do".split()
)
"""What is never part of a subject that can be moved as one piece."""

NO_START = [
    word
    for pair in (
        (word, word.capitalize())
        for word in (
            "it he she they we i you this that these those there here on in at from for by with"
            " after before according as if when while although because another each every both"
            " some most many one his her its their our my but and or so yet of to not no now then"
            " only also under over since until about what who how why where though even despite"
            " during following like unlike today later once still just perhaps neither either all"
            " any few several such than within without between among against through nobody"
            " somebody everybody nothing behind half below above beyond beside besides around"
            " across using two three four five six seven eight nine ten eleven twelve"
        ).split()
    )
    for word in pair
]
"""What no subject begins with."""

DEEDS = (
    "found discovered won wrote designed built founded led beat scored directed invented bought"
    " sold painted composed played replaced succeeded flew rescued saved opened launched created"
    " chaired coached trained became drew conducted proposed recorded filmed restored donated"
    " captained translated established introduced drove taught ran wore sang fed broke lost made"
    " gave".split()
)
OFFICES = (
    "leads runs heads chairs owns manages edits directs teaches coaches represents keeps"
    " farms".split()
)
NO_DEED = (
    "added asked replied insisted argued warned agreed denied wanted believed hoped expected"
    " seemed needed used declined refused claimed explained admitted apologised apologized noted"
    " complained intended planned named called based aged acquitted supposed tried appeared"
    " remained stayed suggested described preferred".split()
)
"""What ends as a deed does, and is speech, a state of mind, or mostly no main verb."""

ROLES = (
    "president chairman chairwoman chair director head mayor minister professor secretary leader"
    " founder author architect conductor editor governor captain manager owner curator principal"
    " spokeswoman spokesman chief commissioner bishop coach rector dean".split()
)
PERSONS = [
    *ROLES,
    *"pilot judge accountant actress assistant nurse cook poet artist guard student".split(),
]
NO_PERSON = (
    "number paper river tower water winter summer border letter order power floor matter other"
    " former over under after later upper lower inner outer corner harbor dinner member".split()
)
"""Words that end as those for persons do."""

NO_PERSON_NAME = re.compile(
    r"\b(?:Lane|Street|Road|Square|Quay|Bridge|Park|Valley|Bay|River|Island|City|Town|County"
    r"|Citadel"
    r"|Castle|Tower|Hall|Hotel|Centre|Center|Museum|University|College|School|Library|Church"
    r"|Hospital"
    r"|Institute|Company|Corporation|Bank|Council|Committee|Board|Authority|Agency|Union|League"
    r"|Party"
    r"|Alliance|Association|Society|Club|Rovers|United|Athletic|Rail|Lifts|Robotics|Industrial"
    r"|Industries|Works|Airlines|Press|Post|Wire|Radio|Times|Forest|Empire|Kingdom|Republic"
    r"|Egypt|Asia"
    r"|Europe|Africa|America|War|Act|Festival|Prize|Group|Trust|Fund|Guild)\b|Minister$"
)

EVENT_BASES = {
    "opened": "open", "closed": "close", "began": "begin", "started": "start", "died": "die",
    "sank": "sink", "collapsed": "collapse", "ended": "end", "moved": "move", "retired": "retire",
    "arrived": "arrive", "left": "leave", "erupted": "erupt", "joined": "join", "became": "become",
    "founded": "found", "bought": "buy", "won": "win", "resigned": "resign", "reopened": "reopen",
    "approved": "approve", "voted": "vote", "signed": "sign", "returned": "return",
    "struck": "strike",
    "released": "release", "published": "publish", "announced": "announce", "lost": "lose",
}  # fmt: skip
MONEY_BASES = {
    "paid": "pay", "spent": "spend", "earned": "earn", "raised": "raise", "lost": "lose",
    "won": "win", "received": "receive", "donated": "donate", "gave": "give", "offered": "offer",
    "invested": "invest", "made": "make", "borrowed": "borrow", "owed": "owe",
}  # fmt: skip
COUNT_BASES = {
    "had": "have", "won": "win", "received": "receive", "scored": "score", "killed": "kill",
    "carried": "carry", "injured": "injure", "built": "build", "sold": "sell", "lost": "lose",
    "employed": "employ", "held": "hold", "planted": "plant", "treated": "treat", "bought": "buy",
    "made": "make", "polled": "poll", "destroyed": "destroy", "damaged": "damage", "opened": "open",
}  # fmt: skip
SINGULAR_BASES = {
    "has": "have", "employs": "employ", "holds": "hold", "contains": "contain", "carries": "carry",
    "runs": "run", "needs": "need", "serves": "serve", "keeps": "keep", "owns": "own",
}  # fmt: skip
OBJECT_BASES = {
    "found": "find", "discovered": "discover", "promised": "promise", "designed": "design",
    "wrote": "write", "built": "build", "bought": "buy", "sold": "sell", "painted": "paint",
    "invented": "invent", "proposed": "propose", "founded": "found", "donated": "donate",
    "demanded": "demand", "lost": "lose", "broke": "break", "rescued": "rescue",
    "unveiled": "unveil",
}  # fmt: skip

PLURAL_PAST = (
    "were|are|will be|have been|had been|died|attended|met|voted|took part|came|lived|live|lost"
    "|gathered|marched|watched|visited|signed|applied|fled|worked|work|left|joined|stood|arrived"
).split("|")
UNITS = (
    "crowns euros pounds dollars francs kronor years months weeks days hours minutes times"
    " metres meters kilometres kilometers miles feet tonnes tons million billion thousand"
    " per".split()
)
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety".split()
)
