"""Whether a sentence can be read without those around it."""

from __future__ import annotations

import re

from assistant.summarising.material import Sentence

_DANGLING = re.compile(
    r"(?:Det vil sige|Det(?! (?:er|kan|skal|vil|bliver|blev|vurderes|foreslås|forventes|anbefales|"
    r"indstilles|besluttedes|fremgår|bemærkes|anslås|har|må|følger)(?: (?!for\b)[^\s,]+){0,4},? "
    r"(?:at|om|hvis|hvordan)\b| [\wæøåÆØÅ]+e [a-zæøå]{4,}|\s[A-ZÆØÅ])"
    r"|Den(?! \d| [\wæøå]+e (?:\w+ )?[a-zæøå]{3,})|De(?! [\wæøå]+e (?:\w+ )?[a-zæøå]{3,})"
    r"|Denne|Dette|Disse|Derfor|Deraf|Derved|Derefter|Derudover|Derud over|Dertil|Desuden|"
    r"Dermed|Dernæst|Dels|"
    r"Hertil|Herudover|Herunder|Heraf|Herved|Hermed|Herefter|Hvilket|Hvorfor|Samtidig|Ligeledes|"
    r"Endvidere|Yderligere|Endelig|Ydermere|Dog|Men|Og|Eller|Også|Således|Imidlertid|Omvendt|"
    r"Tilsvarende|Ligesom|Modsat|Sidstnævnte|Førstnævnte|Han|Hun|Her|Der(?=med|til|i\b)|Så|"
    r"Heri|Heroverfor|Alternativt|Til gengæld|I så fald|I stedet|På den baggrund|"
    r"På (?:denne|den) (?:baggrund|måde)|På baggrund (?:heraf|af (?:dette|ovenstående))|"
    r"(?:I|Som) (?:forlængelse heraf|følge heraf|den forbindelse|nævnt|beskrevet)|"
    r"(?:Af|I|På|Med|For|Ved|Efter|Ud fra) (?:denne|dette|disse)|F\.eks(?=\.)|Med andre ord|"
    r"Begge(?! [a-zæøå]{4,}r (?:er|vil|kan|skal|har|medfører|kræver|giver)\b)|Ingen af|"
    r"(?:Ulempen?|Ulemperne|Fordelen?|Fordelene) (?:er|vil))\b"
)
_UNNAMED = re.compile(
    r"(?:Der|Det)\b[^,]*, at (?:de|den|han|hun)(?! \w+(?:en|et|ne|e|\d)\b)", re.I
)
"""A pronoun with nothing before it that it could stand for: *Der er risiko for, at de falder*."""
_BARE = re.compile(
    r"(?:Den (?:samlede|årlige|endelige) )?(?:(?:Mer|Ekstra|Års)?[Uu]dgift(?:en|erne)|"
    r"[Pp]risen|[Bb]eløbet|[Oo]mkostning(?:en|erne)|[Bb]esparelsen|[Gg]evinsten|[Ff]ormålet|[Mm]ålet|[Hh]ensigten|"
    r"[Ii]ntentionen|[Ss]tigningen|[Ff]orskellen|[Ii]ndtægten|[Rr]isikoen|[Æ]ndringen|[Tt]iltaget) "
    r"(?!til\b|ved\b|for\b|med\b|af\b|i\b|på\b|bag\b|som\b)"
    r"|(?!Hvis|Ved|Når|Såfremt|At)[^,]{0,60}?\b(?:betyder|giver|medfører|indebærer) det\b"
)
"""A subject that means something only after what stands before it: *Udgiften er …*."""
_REFERS = re.compile(
    r"\b(?:hertil|dertil|herved|derved|hermed|heraf|deraf|herfor|heri|"
    r"(?:denne|dette|disse)(?! sag)|sådanne?)\b", re.I,
)
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:ovenfor|nedenfor|ovenstående|nedenstående|følgende|førnævnte|ovennævnte|nævnte|"
    r"figur(?:en)? \d|tabel(?:len)? ?\d|tabellen|figuren|skemaet|(?:fremgår|ses|se|vedlagt|"
    r"vedhæftet|beskrevet|beskrives|uddybes)\b[^.]{0,40}\bbilag|i bilag(?:et)?)\b",
    re.I,
)
_FINITE = re.compile(
    r"\b(?!(?:septem|okto|novem|decem)ber\b)(?:er|var|skal|kan|vil|må|bør|har|havde|får|fik|blev|bliver|kunne|skulle|ville|ønsker|gør|"
    r"går|står|består|indgår|udgør|foregår|sker|\w{2,}er|\w{3,}ede|\w{3,}te|\w{3,}es|tog|gav|"
    r"traf|foreslog|lå|kom|gik)\b"
)
_ENDED = re.compile(r"[.!?…][»”\"')\]]*$")
_NO_HEADING = 12
"""Words from which a line without a full stop is no heading."""
_OPENS = re.compile(r"[A-ZÆØÅ0-9»”\"'(]")


def is_whole(sentence: Sentence) -> bool:
    """Return whether it is a sentence of running text, from a capital to a full stop.

    The full stop may be forgotten at a paragraph's end, where the sentence is long.
    """
    text = sentence.text
    unit, block = sentence.unit, sentence.block
    forgotten = unit.end == block.end and len(text.split()) >= _NO_HEADING
    return bool(
        unit.kind == "sentence"
        and _OPENS.match(text)
        and (_ENDED.search(text) or (forgotten and not text.endswith((":", ",", ";"))))
        and _FINITE.search(text)
        and "\t" not in sentence.stored.section.text[unit.start:unit.end]
    )


def dangles(sentence: Sentence) -> bool:
    """Return whether it begins by pointing back, so that it needs what stands before it."""
    opening = " ".join(sentence.text.split()[:6])
    return bool(
        _DANGLING.match(sentence.text)
        or _UNNAMED.match(sentence.text)
        or _REFERS.search(opening)
    )


def points_elsewhere(sentence: Sentence) -> bool:
    """Return whether it points to a table, a figure, an attachment or a list beside it."""
    return bool(_POINTS_ELSEWHERE.search(sentence.text)) or sentence.text.endswith(":")


def names_no_subject(sentence: Sentence) -> bool:
    """Return whether it says something of a cost, a purpose, … without naming whose that is."""
    return bool(_BARE.match(sentence.text))


def is_fragment(sentence: Sentence) -> bool:
    """Return whether its only finite verb stands in a subordinate clause.

    *Pladser, der understøtter leg.* and *At stien får lys.* say nothing by themselves.
    """
    text = sentence.text
    relative = re.match(r"(?!Der\b|Som\b)(?:[^\s,]+ ){1,6}?(?:der|som) ", text)
    main = " ".join(relative[0].split()[1:-1]) if relative else ""
    alone = relative and "," not in text and not _FINITE.search(main)
    return bool(alone or text.startswith(("At ", "Få ")))
