"""Word lists for sentence boundaries in other languages than English: data only.

The rules are in `corpus.sentences.stops`. Words stand without their final full stop, and without
the spaces inside: "z.B" is "z. B.". What a list calls an abbreviation is none in a text of another
language.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.sentences.abbreviations import (
    BEFORE_NUMBER,
    MAY_END,
    MONTHS,
    NEVER_FINAL,
    STARTERS,
    TITLES,
)


class Words(NamedTuple):
    """The lists of one language; `has_ordinals` where "3." is third."""

    never_final: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    starters: frozenset[str]
    has_ordinals: bool = False


_ABROAD = "Mr Mrs Ms Dr Drs Prof Gen Sen Rep Gov Sgt Capt Lt Col St vs v.s cf"
_FIRMS = "Inc Corp Ltd Co Bros Jr Sr Ph.D etc"


def _lists(never_final: str, before_number: str, may_end: str, starters: str) -> Words:
    """Make the lists of a language; what stands before a number may be capitalised too."""
    numbered = before_number.split()
    return Words(
        frozenset(f"{_ABROAD} {never_final}".split()),
        frozenset([*numbered, *map(str.capitalize, numbered)]),
        frozenset(f"{_FIRMS} {may_end}".split()),
        frozenset(starters.split()),
    )


ENGLISH = Words(TITLES | NEVER_FINAL, BEFORE_NUMBER | MONTHS, MAY_END | MONTHS, STARTERS)

_GERMAN = _lists(
    """
    Abg Abs bes bspw bzgl bzw ca d.h dgl Dipl Dipl.-Ing Dr.-Ing e.h evtl exkl Fa Fr Frl Gebr geb gem
    ggf h.c Hl Hr Hrn i.A i.d.R i.e.S i.S i.V inkl insb jr Kfm lt max med min Mag Nds Präs rd sen
    sog Stellv stellv u.U ugs urspr v.a vgl z.B z.T z.Z z.Zt zzgl v z n Ing Msgr Mr Hptm Univ.-Prof
    Prof.Dr
    """,
    """
    abb abs art aufl bd jg kap nr nrn par rn s tel tab ziff jan feb mär apr jun jul aug sep sept okt
    nov dez Mo Di Mi Do Fr Sa So
    """,
    """
    Chr a.D a.M e.V Est Hrsg i.Br Jg Jh Jhd Jhs Mill Mio Mrd n.Chr o.ä o.Ä Std Str str Tsd u.a u.ä
    u.Ä usf usw v.Chr v.H Bhf Pf Stck ff f S.A
    """,
    """
    Aber Alle Allerdings Als Also Am An Ab Auch Auf Aus Außerdem Bei Beide Bereits Bis Bisher Da
    Dabei Dadurch Dafür Dagegen Daher Damals Damit Danach Dann Daran Darauf Darin Darum Das Dass
    Davon Davor Dazu Dem Den Denn Dennoch Der Deren Derzeit Des Deshalb Dessen Die Dies Diese Diesem
    Diesen Dieser Dieses Doch Dort Durch Ein Eine Einem Einen Einer Eines Einige Er Es Etwa Falls
    Für Gegen Gestern Hat Heute Hier Hinter Ich Ihr Ihre Ihren Im Immer In Innerhalb Inzwischen Ist
    Jede Jeder Jedes Jedoch Jetzt Kein Keine Könnte Laut Man Manche Mehr Mehrere Mit Morgen Nach
    Nachdem Neben Nicht Niemand Noch Nun Nur Ob Obwohl Oder Ohne Rund Schließlich Schon Sehr Sein
    Seine Seit Seitdem Selbst Sie Sind So Sobald Sogar Solche Sollte Sondern Später Statt Trotz
    Trotzdem Über Um Und Unser Unter Viele Vielleicht Vom Von Vor Während Wann War Waren Warum Was
    Weder Wegen Weil Weitere Welche Wenn Wer Wie Wieder Wir Wird Wo Wurde Wurden Zu Zudem Zuletzt
    Zum Zunächst Zur Zuvor Zwar Zwischen
    """,
)._replace(has_ordinals=True)

_FRENCH = _lists(
    """
    M MM Mme Mmes Mlle Mlles Me Mgr Pr Ste p.ex c.-à-d c.à.d env boul bd cf ex av.J apr.J J vs dép
    Vve
    """,
    "art chap col fig no n° p pp par t tél vol janv févr avr juil sept oct nov déc",
    """
    J.-C av.J.-C apr.J.-C av apr coll éd hab S.A S.A.R.L S.N.C.F O.N.U Cie Cies km min suiv s sq
    """,
    """
    À Alors Ainsi Après Au Aucun Aucune Aujourd Aussi Autre Aux Avant Avec Beaucoup Bien C Car Ce
    Ceci Cela Celle Celui Cependant Certains Ces Cet Cette Ceux Chaque Comme Comment D Dans De Déjà
    Depuis Des Dès Désormais Donc Du Elle Elles En Enfin Ensuite Entre Est Et Face Grâce Hier Ici Il
    Ils J Jamais Je L La Le Les Leur Leurs Lors Lorsque Lui Mais Malgré Même Mes Moins Mon N Ne Ni
    Non Nos Notre Nous On Or Ou Où Oui Outre Par Parce Parmi Pas Pendant Personne Peu Plus Plusieurs
    Pour Pourquoi Pourtant Près Puis Qu Quand Quant Que Quel Quelle Quelques Qui Quoi Rien S Sa Sans
    Se Selon Ses Seul Si Son Sous Sur Tandis Tant Tous Tout Toute Toutefois Toutes Très Trop Un Une
    Vers Voici Voilà Vos Votre Vous Y
    """,
)

_SPANISH = _lists(
    """
    Sr Sra Sres Sras Srta Srtas Dra Dres Dª D.ª Dña Ud Uds Vd Vds Gral Cnel Cap Tte Lic Ing Arq Mons
    Fr Sto Sta Excmo Excma Ilmo Mtro Pdte Pdta Profa p.ej ej EE CC JJ RR FF SS AA Ntra sr sra dr dra
    ud uds Vda Gob
    """,
    """
    art arts cap fig n nº núm núms p pág págs párr pp tel tfno vol ene feb abr ago sept oct nov dic
    """,
    """
    EE.UU UU CC.OO OO JJ.OO RR.HH HH FF.AA AA.VV Av Avda S.A S.L Cía Cia Ltda a.C d.C a.m p.m aprox
    dto izq C
    """,
    """
    A Además Ahora Al Algunas Algunos Allí Ante Antes Aquel Aquella Aquí Así Aún Aunque Ayer Bajo
    Cada Casi Como Cómo Con Contra Cuál Cuando Cuándo De Del Desde Después Donde Dónde Durante E El
    Él Ella Ellas Ellos En Entonces Entre Era Es Esa Esas Ese Eso Esos Esta Está Estas Este Esto
    Estos Fue Había Hace Hacia Han Hasta Hay Hoy Incluso La Las Le Les Lo Los Luego Mañana Más Me Mi
    Mientras Mis Mucho Muchos Muy Nada Nadie Ni Ninguna Ninguno No Nos Nosotros Nuestra Nuestro
    Nunca O Otra Otro Otros Para Pero Poco Por Porque Pues Que Qué Quien Quién Quienes Se Según Ser
    Si Sí Sin Sino Sobre Solo Son Su Sus También Tampoco Tan Tanto Te Tenía Todas Todavía Todo Todos
    Tras Tu Un Una Unas Uno Unos Y Ya Yo
    """,
)

_ITALIAN = _lists(
    """
    Sig Sigg Sig.ra Dott Dott.ssa Ing Avv On Mons Rag Geom Arch Cav S SS Fr Gen Magg Ten sig dott
    prof ing avv on arch geom sen p.es es ca
    """,
    """
    art artt cap fig n nn p pag pagg tel vol gen feb mar apr mag giu lug ago set sett ott nov dic
    """,
    "ecc S.p.A S.r.l S.a.s a.C d.C sec c.a",
    """
    A Ad Ai Al Alcuni Alla Alle Altri Anche Ancora C Che Chi Ci Ciò Come Con Così Cosa Da Dal Dalla
    Dei Del Della Delle Di Dopo Dove Due Durante E È Ed Ecco Era Essere Fra Fu Già Gli Ha Hanno I
    Ieri Il In Infatti Inoltre Invece Io L La Le Lei Lo Loro Lui Ma Mai Mentre Molti Negli Nei Nel
    Nella Nelle Nessuno Noi Non Nonostante O Oggi Ogni Oltre Ora Per Perché Però Più Poi Prima
    Proprio Qualche Quando Quanto Quasi Quattro Quel Quella Quelli Questa Queste Questi Questo Qui
    Quindi Se Secondo Sempre Senza Si Sì Sono Sotto Sua Sue Sugli Sui Sul Sulla Suo Tra Tre Tutta
    Tutte Tutti Tutto Un Una Uno Voi
    """,
)

_PORTUGUESE = _lists(
    """
    Sr Sra Srs Sras Srta Dra Profa Exmo Exma Eng Arq Cel Gal Sto Sta Ilmo p.ex ex Min Dep Ver Des Pe
    sr sra dr dra V Mons
    """,
    "art arts cap fig n nº p pág págs pp tel vol jan fev mar abr mai jun jul ago set out nov dez",
    "Ltda S.A a.C d.C Cia Cia Av EUA E.U.A R aprox séc",
    """
    A À Agora Ainda Além Algumas Alguns Ali Antes Ao Após Apenas Apesar Aquela Aquele Aqui As Às
    Assim Até Cada Com Como Contra Da Das De Depois Desde Do Dos Durante E É Ela Elas Ele Eles Em
    Embora Enquanto Então Entre Era Essa Esse Esta Está Este Eu Foi Foram Há Hoje Isso Já Lá Logo
    Mais Mas Meu Minha Muitas Muito Muitos Na Nas Nem Nenhum Nesta Neste No Nos Nós Nossa Nosso Num
    Numa Nunca O Onde Ontem Os Ou Outra Outro Outros Para Pela Pelo Poucos Por Porém Porque Qual
    Quando Quanto Quase Que Quem São Se Segundo Sem Sempre Ser Seu Seus Sim Sob Sobre Sua Suas
    Também Tanto Toda Todas Todo Todos Um Uma Vários
    """,
)

_DUTCH = _lists(
    """
    dhr mevr mw mr drs ir ing prof dr ds mgr jhr burg Dhr Mevr Mw Drs Ir Ing Ds bijv bv d.w.z dwz
    i.p.v i.v.m m.b.t m.a.w m.n n.a.v o.a o.l.v t.a.v t.o.v t.w z.g zgn resp incl excl ca vgl z.o.z
    p
    """,
    "nr art blz bladz hfst fig tel afb jan febr feb mrt apr jun jul aug sept okt nov dec",
    "enz e.d e.a N.V B.V n.v b.v v.Chr n.Chr jr sr jl a.s mld mln",
    """
    Aan Al Alle Alleen Allemaal Als Andere Bij Binnen Bovendien Daar Daarna Daarom Dan Dat De Denk
    Deze Die Dit Door Drie Dus Echter Een Eerder En Er Ervan Ook Om Omdat Onder Ondanks Ons Onze Op
    Over Gisteren Haar Had Heeft Heel Hem Het Hier Hij Hoe Hoewel Hun Ik In Is Ja Je Maar Meer Men
    Met Misschien Morgen Na Naar Naast Nadat Nee Niemand Niet Nog Nu Of Sinds Sommige Tegen Tegelijk
    Terwijl Tijdens Toch Toen Tot Totdat Tussen Twee Uit Van Vandaag Vanaf Veel Volgens Voor Voordat
    Vorige Waar Waarom Wanneer Want Waren Was Wat We Weer Welke Werd Wie Wij Ze Zelfs Zij Zijn Zo
    Zoals Zonder Zou
    """,
)

_RUSSIAN = _lists(
    """
    т.е т.н т.к т.о им ул пл пр-т просп пер акад проф доц ген св ст см ср напр и.о в.и.о о обл р-н
    тов
    """,
    "с стр гл рис табл тел п пп кв д корп янв фев апр авг сент окт нояб дек",
    "т.д т.п др пр г гг в вв н.э до.н.э руб коп тыс млн млрд чел м км кг экз ред изд проч",
    """
    А Более Большинство Быть В Ведь Весь Вместе Во Вот Впрочем Все Вскоре Вчера Вы Где Да Даже Для
    До Его Ее Её Если Есть Еще Ещё За Завтра Зачем Здесь И Из Или Именно Их К Каждый Как Какой Когда
    Который Кроме Кто Куда Ли Между Меня Мне Многие Может Мы На Над Накануне Например Наш Не
    Несмотря Ни Никто Но О Об Один Однако Он Она Они Оно От Перед По Под Пока После Потом Потому
    Почему При Про Против Ранее С Сегодня Сейчас Сначала Согласно Среди Так Также Там Тем Теперь То
    Тогда Только Тот Ты У Уже Хотя Через Что Чтобы Эта Эти Это Этот Я
    """,
)

LANGUAGES = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "nl": _DUTCH,
    "ru": _RUSSIAN,
}
"""The lists by what `language_hint` says; of any other language, English serves."""

GERMAN_MONTHS = frozenset(
    """
    Januar Jänner Februar März Mai Juni Juli Oktober Dezember Montag Dienstag Mittwoch Donnerstag
    Freitag Samstag Sonnabend Sonntag
    """.split()
)
"""After "3." in any text; April, August, September and November are English too."""
