"""Whole lines that are page furniture in so many words, by what they are for.

Lower case, "'" for every apostrophe, without the signs around them. A phrase is furniture wherever
it stands alone on a line; one in `PLACED` (a menu's words, a network's name) only among others or
outside the article, since it may as well be a heading or an entry of a list.
"""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split(";") if part.strip())


SHARE = _phrases(
    """
share; shares; pin; pin it; share full article; copy article link; send; send article; gift
article; give this article; share this; share this article; share this story; share this page;
share this post; share article; share story; share on facebook; share on twitter; share on x; share
on linkedin; share on whatsapp; share via email; share by email; share with friends; share via;
share options; tweet; tweet this; email; e-mail; email this; email this article; email article;
email a friend; print; print article; print this page; print this article; print this story;
print-friendly version; copy link; link copied; copy url; copy; save; save article; save for later;
save story; saved; bookmark; bookmark this; send to a friend; whatsapp; gift this article; send
this by; link; listen; comment; comments; follow; following; follow us; follow us on; follow me;
like us; connect with us; stay connected; social media; teilen; artikel verschenken; per e-mail
senden; verschenken; versenden; vorlesen; drucken; merken; per e-mail teilen; artikel teilen;
artikel drucken; folgen sie uns; link kopieren; partager; offrir cet article; offrir; enregistrer;
envoyer par e-mail; envoyer; imprimer; partager cet article; copier le lien; suivez-nous;
sauvegarder; compartir; enviar; comentar; regalar artículo; imprimir; compartir en facebook; enviar
por correo; copiar enlace; síguenos; guardar; condividi; stampa; seguici; compartilhar;
compartilhe; siga-nos; delen; afdrukken; volg ons; tuitear; reenviar; obtener enlace; guardar en
pdf; leer más tarde; twittern; weiterleiten; link holen; pdf speichern; zur leseliste; tweeter;
transférer; copier l'adresse; version pdf; lire plus tard; read later; save as pdf; get link;
forward
"""
)

ADVERTISEMENT = _phrases(
    """
advertisement; advertisements; advertising; advertorial; ad; ads; ad feedback; ads by google;
sponsored; sponsored content; sponsored by; paid content; paid post; partner content; promoted;
promoted content; story continues below; story continues below advertisement; story continues after
advertisement; article continues below; article continues below advertisement; article continues
after advertisement; article continues after this ad; article continues below this ad;
advertisement - story continues below; advertisement story continues below; advertisement - scroll
to continue; advertisement - continue reading below; advertisement scroll to continue; continue
reading below; scroll to continue; content continues below; skip advertisement; skip ad; remove
ads; why this ad; report this ad; report ad; hide ad; from our partners; anzeige; anzeigen;
werbung; artikel weiterlesen; publicité; la suite après la publicité; la suite après cette
publicité; pub; contenu sponsorisé; publicidad; anuncio; la noticia continúa después de la
publicidad; contenido patrocinado; pubblicità; continua dopo la pubblicità; publicidade; continua
após a publicidade; advertentie; tekst gaat verder onder de advertentie; patrocinado; gesponsert;
sponsorisé; sponsorizzato; gesponsord
"""
)

ACCOUNT = _phrases(
    """
sign in; sign out; sign up; sign up now; sign me up; sign up here; log in; log out; login; logout;
register; register now; my account; your account; my profile; subscribe; subscribe now; subscribe
today; subscribe here; subscribe for free; become a member; become a subscriber; become a
supporter; join now; join us; start your free trial; start free trial; try it free; create account;
create an account; create a free account; create your free account; already a subscriber; already a
member; already have an account; forgot password; forgot your password; manage subscription; manage
account; manage your subscription; gift subscriptions; subscriptions; subscription; subscriber
services; newsletters; newsletter; free newsletter; email newsletters; newsletter sign-up;
newsletter signup; sign up for newsletters; sign up for our newsletter; get our newsletter;
subscribe to our newsletter; e-paper; e-edition; epaper; digital edition; enter your email; enter
your email address; your email address; email address; submit; donate; donate now; support us; make
a contribution; contribute; unlock this article; continue reading; read the full story; read full
article; subscriber only; subscribers only; subscriber exclusive; anmelden; abmelden; einloggen;
registrieren; jetzt anmelden; jetzt abonnieren; abonnieren; abo; zum abo; abonnement; jetzt testen;
mein konto; newsletter abonnieren; se connecter; connexion; s'abonner; je m'abonne; je me connecte;
abonnez-vous; s'inscrire; mon compte; réservé aux abonnés; article réservé aux abonnés; lire la
suite; iniciar sesión; suscríbete; suscribirse; suscríbase; regístrate; registrarse; mi cuenta;
boletines; solo para suscriptores; accedi; abbonati; registrati; iscriviti; iscriviti alla
newsletter; entrar; assine; assine já; assinar; cadastre-se; faça login; minha conta; inloggen;
aanmelden; abonneren; word abonnee; mijn account; alleen voor abonnees
"""
)

CONSENT = _phrases(
    """
accept; accept all; accept all cookies; accept cookies; accept and continue; accept & continue;
allow all; allow all cookies; allow cookies; reject; reject all; reject all cookies; decline;
decline all; deny; necessary cookies only; only necessary; i accept; i agree; agree; agree and
continue; agree & continue; agree and close; disagree; do not accept; ok, got it; got it; i
understand; manage preferences; manage cookies; manage cookie preferences; manage settings; manage
options; manage choices; manage consent; more options; show purposes; save preferences; save and
exit; save & exit; confirm my choices; cookie settings; cookie preferences; cookie policy; cookie
notice; cookies policy; cookies; privacy settings; privacy preferences; privacy manager; your
privacy choices; your privacy; we value your privacy; your privacy matters; we care about your
privacy; your choices; do not sell my personal information; do not sell or share my personal
information; consent; customize; customise; alle akzeptieren; alle cookies akzeptieren;
akzeptieren; zustimmen; zustimmen und weiter; einwilligen; ablehnen; alle ablehnen; einstellungen;
cookie-einstellungen; einstellungen verwalten; nur notwendige; nur notwendige cookies; mehr
optionen; datenschutzeinstellungen; tout accepter; accepter; accepter et fermer; accepter et
continuer; tout refuser; refuser; continuer sans accepter; paramétrer; gérer mes choix; gérer les
cookies; personnaliser; aceptar; aceptar todo; aceptar todas; aceptar y continuar; aceptar cookies;
rechazar; rechazar todo; rechazar todas; configurar; configurar cookies; gestionar cookies; más
opciones; accetta; accetta tutti; accetta e continua; rifiuta; rifiuta tutti; personalizza;
aceitar; aceitar todos; aceitar e fechar; rejeitar; gerir cookies; accepteren; alles accepteren;
akkoord; weigeren; alles weigeren; instellingen; permitir todo; solo las necesarias; alles
erlauben; nur das nötige; tout autoriser; allow everything; only what is needed; uniquement
nécessaires; nur erforderliche
"""
)

PROMPT = _phrases(
    """
skip to content; skip to main content; skip to navigation; skip to main navigation; skip to
article; skip links; back to top; return to top; to top; main menu; main navigation; site
navigation; toggle navigation; toggle menu; open menu; close menu; open navigation; open search;
close search; close; dismiss; not now; no thanks; no, thanks; maybe later; remind me later; allow;
block; enable notifications; turn on notifications; allow notifications; get notifications;
breaking news alerts; get the app; open in app; open app; download the app; download our app; use
the app; install; install app; app store; google play; download on the app store; get it on google
play; show more; load more; load more stories; load more comments; see more; view more; show less;
view all; see all; show all; more news; expand; collapse; read less; next; previous; prev; next
article; previous article; next story; previous story; next page; previous page; older posts; newer
posts; first page; last page; jump to comments; view comments; show comments; hide comments; leave
a comment; post a comment; add a comment; write a comment; join the conversation; join the
discussion; read comments; read the comments; view all comments; comments are closed; comments
closed; reply; report; report abuse; be the first to comment; be the first to know; now playing;
play; play video; pause; mute; unmute; replay; watch now; watch live; watch video; watch the video;
watch again; live tv; on air; listen now; listen live; listen to this article; listen to article;
listen to this story; loading; loading...; please wait; view gallery; view slideshow; view photos;
full screen; fullscreen; enlarge image; open image in gallery; image; caption; hide caption; toggle
caption; enlarge this image; photo gallery; view original article; go to the homepage; go back; zum
inhalt springen; zum hauptinhalt; nach oben; zurück; weiter; mehr anzeigen; mehr laden; kommentare;
kommentar schreiben; kommentare anzeigen; schließen; app herunterladen; zur startseite; artikel
anhören; video abspielen; aller au contenu; aller au contenu principal; haut de page; rechercher
sur le site; retour en haut; fermer; voir plus; afficher plus; commentaires; laisser un
commentaire; réagir; télécharger l'application; écouter l'article; ir al contenido; ir al contenido
principal; volver arriba; cerrar; ver más; cargar más; mostrar más; comentarios; deja un
comentario; descarga la app; escuchar artículo; vai al contenuto; torna su; chiudi; mostra di più;
commenti; ir para o conteúdo; voltar ao topo; fechar; mostrar mais; carregar mais; comentários;
naar de inhoud; naar boven; sluiten; meer laden; reacties; buscar en la web; my feed; discover;
suche öffnen; search this site
"""
)

LEGAL = _phrases(
    """
privacy policy; privacy notice; privacy statement; privacy; terms of use; terms of service; terms
and conditions; terms & conditions; terms; conditions of use; legal notice; legal; disclaimer; user
agreement; accessibility statement; accessibility; ad choices; adchoices; about our ads;
corrections; corrections policy; editorial standards; editorial policy; site map; sitemap; contact
us; about us; advertise with us; advertise; contact the newsroom; send us a tip; submit a tip; news
tips; report a correction; report an error; report a typo; suggest a correction; rights and
permissions; reprints; order reprints; licensing; request permissions; reprints and permissions;
rss; rss feeds; our standards; standards & practices; impressum; datenschutz; datenschutzerklärung;
agb; nutzungsbedingungen; kontakt; barrierefreiheit; mediadaten; mentions légales; politique de
confidentialité; cgu; conditions générales; conditions générales d'utilisation; nous contacter;
contactez-nous; plan du site; gestion des cookies; qui sommes-nous; aviso legal; política de
privacidad; política de cookies; condiciones de uso; términos y condiciones; contáctenos; quiénes
somos; mapa del sitio; note legali; informativa sulla privacy; informativa privacy; contatti; chi
siamo; política de privacidade; termos de uso; fale conosco; quem somos; privacyverklaring;
privacybeleid; algemene voorwaarden; gebruiksvoorwaarden; colofon; all rights reserved; alle rechte
vorbehalten; tous droits réservés; todos los derechos reservados; tutti i diritti riservati; todos
os direitos reservados; alle rechten voorbehouden; qui sommes-nous; imprint; help centre; help
center; media kit; press office; work with us; cookie preferences; report abuse
"""
)

RELATED = _phrases(
    """
related; related article; related articles; related story; related stories; related topics; related
content; related coverage; related news; related links; related posts; related reading; related
video; related videos; read more; read next; read also; also read; see also; more stories; more
news; more headlines; more articles; more like this; more on this; more on this story; more on this
topic; more coverage; more to read; more for you; most read; most popular; most viewed; most
commented; most shared; most recent; popular; popular now; popular stories; popular posts;
trending; trending now; trending stories; trending topics; recommended; recommended for you;
recommended reading; recommended stories; recommended articles; you may like; you may also like;
you might also like; you may be interested in; you may also be interested in; what others are
reading; what to read next; what to watch; editor's picks; editors' picks; editor's choice;
editors' choice; top picks; don't miss; must read; must reads; up next; latest stories; latest
headlines; latest articles; in other news; other stories; other news; also in the news; also in
news; elsewhere on the web; around the web; from the web; in case you missed it; icymi; paid
stories; promoted stories; sponsored stories; in this section; keep reading; next up; topics; tags;
filed under; explore more; more from us; mehr zum thema; mehr zu diesem thema; zum thema; lesen sie
auch; lesen sie mehr; weitere artikel; weitere nachrichten; weitere themen; das könnte sie auch
interessieren; das könnte dich auch interessieren; das könnte sie interessieren; meistgelesen;
meistgelesene artikel; meist gelesen; am meisten gelesen; empfohlen; themen; schlagwörter; auch
interessant; verwandte artikel; à lire aussi; lire aussi; à voir aussi; sur le même sujet; sur le
même thème; les plus lus; les plus lues; articles les plus lus; nos derniers articles; à découvrir;
dans la même rubrique; articles liés; à ne pas manquer; vous aimerez aussi; en savoir plus; te
puede interesar; también te puede interesar; le puede interesar; te recomendamos; lo más leído; lo
más visto; las más leídas; más leídas; más noticias; más información; noticias relacionadas; lea
también; lee también; leer más; archivado en; temas; etiquetas; relacionadas; leggi anche; leggi di
più; i più letti; articoli correlati; potrebbe interessarti; potrebbe interessarti anche; ti
potrebbe interessare; più letti; correlati; leia também; leia mais; veja também; mais lidas;
notícias relacionadas; saiba mais; você pode gostar; lees ook; lees meer; lees verder; meest
gelezen; meer over dit onderwerp; gerelateerde artikelen; meer nieuws; ook interessant; in this
issue; also in this issue; inside; in today's edition; vea además; ver además; voir également;
siehe auch; more for you; elsewhere; popular this week; populaire cette semaine; popular esta
semana; beliebt diese woche
"""
)
"""Headings of lists of other articles: the headlines under them are furniture too."""

PLACED_MENU = _phrases(
    """
home; homepage; menu; search; sections; all sections; more; news; local; local news; national;
international; latest; latest news; breaking news; breaking; top stories; headlines; live; world;
us; u.s; uk; europe; asia; africa; americas; politics; government; elections; business; economy;
economics; markets; money; companies; finance; tech; technology; science; science & environment;
environment; climate; health; education; family; crime; courts; sport; sports; football; soccer;
baseball; basketball; hockey; cricket; tennis; golf; racing; rugby; athletics; entertainment; arts;
arts & culture; arts and culture; culture; books; music; film; films; tv; tv & radio; radio;
theatre; life; living; lifestyle; life & style; style; fashion; travel; food; food & drink;
recipes; home & garden; gardening; opinion; opinions; editorial; editorials; columns; columnists;
comment; letters; letters to the editor; cartoons; blogs; video; videos; photos; pictures;
galleries; podcasts; podcast; audio; multimedia; in pictures; weather; traffic; obituaries; death
notices; jobs; careers; cars; motoring; property; real estate; homes; classifieds; marketplace;
shop; store; crosswords; crossword; puzzles; games; quizzes; horoscopes; comics; events; what's on;
calendar; things to do; archive; archives; magazine; special reports; investigations; features; in
depth; explainers; fact check; about; contact; help; help & faqs; faq; faqs; support; edition;
english; español; français; deutsch; my news; for you; guest; startseite; nachrichten;
schlagzeilen; politik; inland; ausland; wirtschaft; finanzen; börse; fußball; kultur; gesellschaft;
wissen; wissenschaft; panorama; meinung; reise; wetter; regional; lokales; gesundheit; digital;
netzwelt; auto; karriere; leben; stil; suche; mehr; ressorts; rubriken; mediathek; accueil; à la
une; actualités; actualité; politique; économie; société; monde; france; santé; sciences; planète;
idées; débats; médias; high-tech; météo; rechercher; vidéos; portada; inicio; noticias; última
hora; política; economía; sociedad; deportes; fútbol; cultura; opinión; internacional; nacional;
mundo; ciencia; tecnología; salud; gente; televisión; el tiempo; clima; buscar; contacto; vídeos;
prima pagina; cronaca; politica; economia; esteri; spettacoli; salute; scienza; tecnologia; motori;
meteo; cerca; início; notícias; esportes; esporte; futebol; saúde; ciência; opinião; brasil;
nieuws; binnenland; buitenland; economie; cultuur; wetenschap; weer; zoeken; voorpagina; meest
recent; lo último; ciudad; alrededores; cartas; empleo; avisos; fotos; agenda; start; following;
regionales; titres; ville; environs; courrier; emploi; annonces; stadt; umland; leserbriefe;
stellen
"""
)
"""Names of sections, as menus have them; furniture only among others of their kind."""

PLACED_NETWORKS = _phrases(
    """
facebook; twitter; x; linkedin; pinterest; reddit; telegram; instagram; youtube; tiktok; messenger;
flipboard; threads; bluesky; mastodon; google news; google; apple news; tumblr; snapchat; xing;
line; wechat; weibo; viber; vk; vkontakte; chrome; safari; firefox; pocket; sms; facebook
messenger; x (twitter); twitter/x; spotify; apple podcasts
"""
)
