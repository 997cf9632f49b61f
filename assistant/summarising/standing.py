"""Whether a sentence can be read without those around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.danish.lists import word_list
from assistant.danish.words import content_stems
from assistant.summarising.material import Sentence

_SELF = r"(?! \w*(?:sag|sagsfremstilling|indstilling|punkt)\b)"
"""What *denne* and *dette* may name without pointing back: the case itself."""
_DANGLING = re.compile(
    r"(?:Det vil sige|Det(?! (?:er|kan|skal|vil|bliver|blev|vurderes|foreslås|forventes|anbefales|"
    r"indstilles|besluttedes|fremgår|bemærkes|anslås|har|må|følger)(?: (?!for\b)[^\s,]+){0,4},? "
    r"(?:at|om|hvis|hvordan)\b| [\wæøåÆØÅ]+e [a-zæøå]{4,}|\s[A-ZÆØÅ])"
    r"|Den(?! \d| [\wæøå]+e (?:\w+ )?[a-zæøå]{3,})|De(?! [\wæøå]+e (?:\w+ )?[a-zæøå]{3,})"
    rf"|(?:Denne|Dette|Disse){_SELF}|Derfor|Deraf|Derved|Derefter|Derudover|Derud over|Dertil|"
    r"Desuden|Dermed|Dernæst|Dels|"
    r"Hertil|Herudover|Herunder|Heraf|Herved|Hermed|Herefter|Hvilket|Hvorfor|Samtidig|Ligeledes|"
    r"Endvidere|Yderligere|Endelig|Ydermere|Dog|Men|Og|Eller|Også|Således|Imidlertid|Omvendt|"
    r"Tilsvarende|Ligesom|Modsat|Sidstnævnte|Førstnævnte|Han|Hun|Her|Der(?=med|til|i\b)|Så|"
    r"Heri|Heroverfor|Alternativt|Til gengæld|I så fald|I stedet|På den baggrund|"
    r"På (?:denne|den) (?:baggrund|måde)|På baggrund (?:heraf|af (?:dette|ovenstående))|"
    r"(?:I|Som) (?:forlængelse heraf|følge heraf|den forbindelse|nævnt|beskrevet)|"
    rf"(?:Af|I|På|Med|For|Ved|Efter|Ud fra) (?:denne|dette|disse){_SELF}|F\.eks(?=\.)|"
    r"Med andre ord|Begge(?! [a-zæøå]{4,}r (?:er|vil|kan|skal|har|medfører|kræver|giver)\b)|"
    r"Ingen af|(?:Ulempen?|Ulemperne|Fordelen?|Fordelene|Årsagen|Baggrunden|Begrundelsen|Formålet|"
    r"Hensigten) (?:er|var|vil))\b"
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
    rf"(?:denne|dette|disse){_SELF}|sådanne?)\b", re.I,
)
_CONNECTS = re.compile(
    r"\b(?:dog|imidlertid|derfor|dermed|desuden|derudover|endvidere|ligeledes|herefter|derefter|"
    r"således|samtidig(?! med)|"
    r"dem(?!,? (?:der|som)\b))\b"
)
_OPENING, _CLAUSE = 6, 10
"""Words of an opening, and of a first clause, in which a sentence points back."""
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:ovenfor|nedenfor|ovenstående|nedenstående|følgende|førnævnte|ovennævnte|nævnte|"
    r"figur(?:en)? \d|tabel(?:len)? ?\d|tabellen|figuren|skemaet)\b",
    re.I,
)
_ATTACHED = re.compile(
    r"\b(?:(?:fremgår|ses|se|vedlagt|vedhæftet|beskrevet|beskrives|uddybes)\b[^.]{0,40}\bbilag|"
    r"i bilag(?:et)?)\b", re.I,
)
_DEFINITE = re.compile(
    r"(?!\w*(?:udvalget|rådet|styrelsen|ministeriet|direktoratet|retten|nævnet|kommunen|regionen)\b"
    r"|(?:Administrationen|Forvaltningen|Direktionen|Regeringen|Folketinget|Staten|Borgmesteren|"
    r"Sagen|Indstillingen|Forslaget|Ejendommen|Samlet)\b)"
    r"([A-ZÆØÅ][a-zæøå-]{3,}(?:en|et|erne|ene))"
    r" (?!(?:af|for|fra|i|med|mellem|om|på|til|ved|der|som)\b)"
)
"""A thing in the definite form that opens a sentence, with nothing after it that tells which."""
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
        and (
            _ENDED.search(text)
            or (forgotten and not text.endswith((":", ",", ";")) and not _goes_on(sentence))
        )
        and _FINITE.search(text)
        and "\t" not in sentence.stored.section.text[unit.start:unit.end]
    )


def _goes_on(sentence: Sentence) -> bool:
    """Whether the line below ends the sentence: the line breaks off, or what follows is a rest."""
    below = sentence.stored.section.text[sentence.block.end:].lstrip()
    first = below.partition("\n")[0].partition(". ")
    ends = bool(first[1]) or first[0].endswith(".")
    last = sentence.text.rpartition(" ")[2].casefold()
    return last in word_list("function_words") or (ends and not _FINITE.search(first[0]))


def dangles(sentence: Sentence) -> bool:
    """Return whether it begins by pointing back, so that it needs what stands before it."""
    words = sentence.text.split()
    clause = " ".join(words[:_CLAUSE]).partition(",")[0]
    return bool(
        _DANGLING.match(sentence.text)
        or _UNNAMED.match(sentence.text)
        or _REFERS.search(" ".join(words[:_OPENING]))
        or _CONNECTS.search(clause)
    )


def points_elsewhere(sentence: Sentence) -> bool:
    """Return whether it points to a table, a figure, an attachment or a list beside it.

    A resume says of itself what is attached.
    """
    text = sentence.text
    attached = sentence.kind != "resume" and _ATTACHED.search(text)
    return bool(attached or _POINTS_ELSEWHERE.search(text)) or text.endswith(":")


def is_introduced(sentence: Sentence, told: Iterable[str]) -> bool:
    """Return whether the thing that opens it is one that the stems of what is told know.

    True where it opens with no thing in the definite form.
    """
    opening = _DEFINITE.match(sentence.text)
    if not opening:
        return True
    known = set(told)
    return all(any(stem in one for one in known) for stem in content_stems(opening[1]))


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
